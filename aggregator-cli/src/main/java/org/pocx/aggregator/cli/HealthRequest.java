package org.pocx.aggregator.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.control.TimeLimit;

/**
 * A {@code GET /health} over a plain socket: frequent checks must not load an HTTP client each time, and TLS only where the
 * port has it.
 *
 * @param target the address of the port
 * @param tls whether the port uses TLS; every certificate is accepted
 */
record HealthRequest(HostPort target, boolean tls) {
    /** The longest time for the answer, from the moment at which the connection exists. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The result of {@link #status()} for an answer that is not HTTP. */
    static final int NO_HTTP = -1;

    /** For the TLS classes of this process, too, which take long to load on a busy machine. */
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);

    private static final int MAX_HEAD = 8_192;
    private static final String HTTP = "HTTP/1.";
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /**
     * Returns the status of the answer.
     *
     * @throws IOException if there is no answer
     * @throws TimeoutException if there was none in time
     */
    int status() throws IOException, TimeoutException {
        try (Socket socket = connected()) {
            Socket secured = tls ? TimeLimit.call(HANDSHAKE, () -> secured(socket)) : socket;
            return TimeLimit.call(PATIENCE, () -> exchange(secured));
        } catch (InterruptedIOException e) {
            throw timeout(e);
        }
    }

    /**
     * Returns when a connection was accepted, whatever becomes of it: for a port that closes connections of this machine.
     *
     * @throws IOException if the port does not accept it
     * @throws TimeoutException if nothing happened to it in time
     */
    void accepted() throws IOException, TimeoutException {
        try (Socket socket = connected()) {
            TimeLimit.call(PATIENCE, () -> socket.getInputStream().read());
        } catch (InterruptedIOException e) {
            throw timeout(e);
        }
    }

    private static TimeoutException timeout(InterruptedIOException e) {
        TimeoutException late = new TimeoutException(e.getMessage());
        late.initCause(e);
        return late;
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.host(), target.port()), (int) PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket socket) throws IOException {
        SSLContext context = TrustAllCertificates.context();
        SSLSocket secured =
                (SSLSocket) context.getSocketFactory().createSocket(socket, target.host(), target.port(), true);
        secured.setSoTimeout((int) PATIENCE.toMillis());
        secured.startHandshake();
        return secured;
    }

    private int exchange(Socket socket) throws IOException {
        String request = "GET /health HTTP/1.1\r\nHost: " + target + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return statusOf(head(socket.getInputStream()));
    }

    /** Reads to the end of the head, or to the end of the first line if that is not HTTP. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.length() < MAX_HEAD; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && (head.indexOf(HTTP) != 0 || head.indexOf("\r\n\r\n") >= 0)) {
                break;
            }
        }
        if (head.isEmpty()) {
            throw new EOFException("closed without an answer");
        }
        return head.toString();
    }

    private static int statusOf(String head) {
        if (!head.startsWith(HTTP) || head.length() < STATUS_AT + 3) {
            return NO_HTTP;
        }
        try {
            return Integer.parseInt(head, STATUS_AT, STATUS_AT + 3, 10);
        } catch (NumberFormatException e) {
            return NO_HTTP;
        }
    }
}
