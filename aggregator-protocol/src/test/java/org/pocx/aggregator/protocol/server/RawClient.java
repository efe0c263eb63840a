package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket with just enough HTTP to see what really goes over the wire. Reads time out after 60 s. */
final class RawClient implements AutoCloseable {
    private static final int READ_MILLIS = 60_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    RawClient(InetSocketAddress server) throws IOException {
        socket.connect(server);
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    record Answer(int status, Map<String, String> headers, String body) {}

    static String post(String body) {
        return post("/", body);
    }

    static String post(String path, String body, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\nhost: test\r\n" + more + "content-length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n" + body;
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: test\r\n\r\n";
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Answer exchange(String request) throws IOException {
        return send(request).read(true);
    }

    /** Reads one answer with a Content-Length. */
    Answer read(boolean withBody) throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        return new Answer(status, headers, new String(in.readNBytes(length), UTF_8));
    }

    /** Whether there is something to read. */
    boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** Whether the server closes, or closed, the connection without another byte. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Reads nothing for so long, then counts what is still to be read. */
    long bytesUntilClosedWithoutReading(Duration pause) throws IOException, InterruptedException {
        new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) c);
        }
        return new String(line.toString().getBytes(ISO_8859_1), UTF_8).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
