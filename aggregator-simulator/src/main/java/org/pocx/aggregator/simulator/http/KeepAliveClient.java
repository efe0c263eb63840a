package org.pocx.aggregator.simulator.http;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one address from one source address over keep-alive connections: one, and more when requests overlap,
 * until they have been idle for a while. It costs no thread and, but for the connections, next to no memory, so that thousands of them fit in one
 * process.
 *
 * <p>Thread-safe; the idle connections are guarded by its monitor. Time limits run on the machine's clock, since they are
 * those of real sockets.
 */
public final class KeepAliveClient implements AutoCloseable {
    /** Shorter than the 30 seconds after which a node drops an idle connection. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);

    private final InetAddress source;
    private final InetSocketAddress target;
    private final String head;
    private final Duration timeout;
    private final long maxIdleNanos;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    /**
     * A client; it connects when it is first used.
     *
     * @param source the address to send from, such as a 127.x.y.z
     * @param target an {@code http} URI whose path is asked for
     * @param timeout for the whole of a request and its answer
     * @param userAgent what to call itself
     */
    public KeepAliveClient(InetAddress source, URI target, Duration timeout, String userAgent) {
        this(source, target, timeout, userAgent, MAX_IDLE);
    }

    /** @param maxIdle after which a connection is not used again */
    KeepAliveClient(InetAddress source, URI target, Duration timeout, String userAgent, Duration maxIdle) {
        this.source = source;
        this.target = new InetSocketAddress(target.getHost(), target.getPort());
        this.timeout = timeout;
        this.maxIdleNanos = maxIdle.toNanos();
        String path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        this.head = "POST " + path + " HTTP/1.1\r\n"
                + "content-type: application/json\r\n"
                + "accept: */*\r\n"
                + "user-agent: " + userAgent + "\r\n"
                + "host: " + target.getHost() + ":" + target.getPort() + "\r\n";
    }

    /**
     * Posts a body and waits for the answer.
     *
     * @param headers to send beside the usual ones
     * @throws IOException when the transport fails: refused, reset, ended early, timed out, or no HTTP
     */
    public HttpMessage post(Map<String, String> headers, byte[] body) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Connection connection = take(deadline);
        boolean reusable = false;
        try {
            HttpMessage answer = connection.exchange(head(headers, body.length), body, deadline);
            reusable = !answer.isLast();
            return answer;
        } finally {
            if (reusable) {
                giveBack(connection);
            } else {
                connection.close();
            }
        }
    }

    private byte[] head(Map<String, String> headers, int length) {
        StringBuilder text = new StringBuilder(head);
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("content-length: ").append(length).append("\r\n\r\n").toString()
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private Connection take(long deadline) throws IOException {
        Connection found = takeIdle();
        return found == null ? new Connection(source, target, remainingMillis(deadline)) : found;
    }

    private synchronized @Nullable Connection takeIdle() throws IOException {
        if (closed) {
            throw new IOException("the client is closed");
        }
        while (!idle.isEmpty()) {
            Connection connection = idle.removeFirst();
            if (System.nanoTime() - connection.lastUsed < maxIdleNanos) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private synchronized void giveBack(Connection connection) {
        long now = System.nanoTime();
        connection.lastUsed = now;
        // The ones used last are taken first, so that those that a busy moment needed get old at the end.
        while (!idle.isEmpty() && now - idle.getLast().lastUsed >= maxIdleNanos) {
            idle.removeLast().close();
        }
        if (closed) {
            connection.close();
        } else {
            idle.addFirst(connection);
        }
    }

    private static int remainingMillis(long deadline) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** Closes the idle connections; one in use is closed when its request ends. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(Connection::close);
        idle.clear();
    }

    /** One connection, used by one request at a time. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket = new Socket();
        private final HttpReader reader;
        private final OutputStream out;
        private long lastUsed;
        private long deadline;

        Connection(InetAddress source, InetSocketAddress target, int connectMillis) throws IOException {
            try {
                socket.setTcpNoDelay(true);
                socket.bind(new InetSocketAddress(source, 0));
                socket.connect(target, connectMillis);
                reader = new HttpReader(new Bounded(socket.getInputStream()));
                out = new BufferedOutputStream(socket.getOutputStream(), 1024);
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        HttpMessage exchange(byte[] head, byte[] body, long until) throws IOException {
            deadline = until;
            out.write(head);
            out.write(body);
            out.flush();
            return reader.read().orElseThrow(() -> new EOFException("closed without an answer"));
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone; that is what was wanted.
            }
        }

        /** Lets no read last beyond the deadline of the request, however slowly the bytes drip. */
        private final class Bounded extends InputStream {
            private final InputStream in;

            Bounded(InputStream in) {
                this.in = in;
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                socket.setSoTimeout(remainingMillis(deadline));
                return in.read(bytes, offset, length);
            }
        }
    }
}
