package org.pocx.aggregator.http.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that sends whatever bytes a test wants, and reads responses strictly: what is not RFC 9112's grammar is a {@link
 * ProtocolException}. A read that takes longer than two minutes fails. For one thread.
 */
public final class RawHttpClient implements AutoCloseable {
    private static final int READ_MILLIS = 120_000;
    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2}) [\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)");

    private final Socket socket;
    private final InputStream in;

    /**
     * Connects.
     *
     * @param server where to
     */
    public RawHttpClient(InetSocketAddress server) throws IOException {
        this(new Socket(server.getAddress(), server.getPort()));
    }

    /**
     * Uses a connected socket, such as one with TLS.
     *
     * @param socket closed with this client
     */
    public RawHttpClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects to a port of this machine. */
    public static RawHttpClient local(int port) throws IOException {
        return new RawHttpClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** A POST to {@code /}. */
    public static String post(String body) {
        return post("/", body);
    }

    /**
     * A POST.
     *
     * @param fields whole header lines, without their ends
     */
    public static String post(String path, String body, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\nhost: test\r\n" + more + "content-length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n" + body;
    }

    /** A GET without anything but a Host. */
    public static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: test\r\n\r\n";
    }

    /** Sends text as UTF-8. */
    public RawHttpClient send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    /** Sends bytes, in one write. */
    public RawHttpClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Closes the sending half of the connection. */
    public RawHttpClient finishSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Sends one request, and reads its response. */
    public RawHttpResponse exchange(String request) throws IOException {
        return send(request).read();
    }

    /** Posts text to {@code /}, as UTF-8, and reads the response. */
    public RawHttpResponse postToRoot(String body, String... fields) throws IOException {
        return exchange(post("/", body, fields));
    }

    /** Posts bytes to {@code /}, and reads the response. */
    public RawHttpResponse postToRoot(byte[] body, String... fields) throws IOException {
        byte[] head = post("/", "", fields)
                .replace("content-length: 0\r\n", "content-length: " + body.length + "\r\n")
                .getBytes(UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return send(all).read();
    }

    /** Reads the response to any request but HEAD. */
    public RawHttpResponse read() throws IOException {
        return read(true);
    }

    /** Reads the response to a HEAD request. */
    public RawHttpResponse readHead() throws IOException {
        return read(false);
    }

    /** Reads responses to the end of the connection; a reset counts as an end. */
    public List<RawHttpResponse> readAll() throws IOException {
        List<RawHttpResponse> all = new ArrayList<>();
        while (!isAtEnd()) {
            all.add(read());
        }
        return all;
    }

    private boolean isAtEnd() throws IOException {
        in.mark(1);
        try {
            if (in.read() < 0) {
                return true;
            }
        } catch (SocketException reset) {
            return true;
        }
        in.reset();
        return false;
    }

    private RawHttpResponse read(boolean mayHaveBody) throws IOException {
        Matcher first = matched(STATUS_LINE, line());
        int status = Integer.parseInt(first.group(1));
        Map<String, String> headers = fields();
        boolean bodiless = !mayHaveBody || status < 200 || status == 204 || status == 304;
        return RawHttpResponse.of(status, headers, bodiless ? new byte[0] : body(headers));
    }

    private Map<String, String> fields() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher field = matched(FIELD, line);
            headers.merge(
                    field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip(), (one, two) -> one + ", " + two);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String coding = headers.get("transfer-encoding");
        String length = headers.get("content-length");
        if (coding != null && length != null) {
            throw new ProtocolException("both Transfer-Encoding and Content-Length");
        }
        if (coding != null) {
            return chunks(coding);
        }
        return length == null ? in.readAllBytes() : bytes(Integer.parseInt(length));
    }

    private byte[] chunks(String coding) throws IOException {
        if (!coding.equalsIgnoreCase("chunked")) {
            throw new ProtocolException("transfer coding " + coding);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(bytes(size));
            if (!line().isEmpty()) {
                throw new ProtocolException("no line end after a chunk");
            }
        }
        fields();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed within a body");
        }
        return bytes;
    }

    /** A line that ends with CR and LF, and has neither within. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        while (c >= 0 && c != '\r') {
            if (c == '\n') {
                throw new ProtocolException("a line feed alone after \"" + line + "\"");
            }
            line.write(c);
            c = in.read();
        }
        if (c < 0 || in.read() != '\n') {
            throw new EOFException("closed, or no line end, after \"" + line.toString(ISO_8859_1) + "\"");
        }
        return line.toString(ISO_8859_1);
    }

    private static Matcher matched(Pattern pattern, String line) throws ProtocolException {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("not as RFC 9112 has it: \"" + line + "\"");
        }
        return matcher;
    }

    /** Whether there is something to read. */
    public boolean isAnswered() throws IOException {
        return in.available() > 0;
    }

    /** Waits for the end of the connection; whether it came without another byte. */
    public boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
