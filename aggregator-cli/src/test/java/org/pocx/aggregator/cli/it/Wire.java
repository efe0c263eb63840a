package org.pocx.aggregator.cli.it;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A plain socket to the miner port, with as much HTTP as it takes to see what really comes back. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;

    private final Socket socket;
    private final InputStream in;

    Wire(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param closes whether the server says that it closes the connection */
    record Answer(int status, boolean closes, String body) {}

    Answer post(byte[] body, String... fields) throws IOException {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        byte[] head = ("POST / HTTP/1.1\r\nhost: test\r\n" + more + "content-length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        send(all);
        return read();
    }

    Answer post(String body, String... fields) throws IOException {
        return post(body.getBytes(StandardCharsets.UTF_8), fields);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    Answer read() throws IOException {
        String first = line();
        int status = Integer.parseInt(first.split(" ")[1]);
        int length = 0;
        boolean closes = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String field = line.toLowerCase(Locale.ROOT);
            length = field.startsWith("content-length:") ? Integer.parseInt(field.substring(15).strip()) : length;
            closes |= field.equals("connection: close");
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("closed within a body");
        }
        return new Answer(status, closes, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed after \"" + line + "\"");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Whether nothing more comes but the end. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
