package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpsConfigurator;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket with a deadline. The thread of the connection reads and writes; another thread closes the socket when the
 * deadline has passed. That thread closes the plain socket below TLS, because closing a TLS socket writes and may wait
 * for the slow peer.
 */
final class DeadlineSocket {
    private static final Logger LOG = System.getLogger(DeadlineSocket.class.getName());
    private static final int PIECE = 64 * 1024;

    private final Socket raw;
    private final @Nullable HttpsConfigurator tls;
    private final EngineLimits limits;
    private final DeadlineClock clock;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private volatile long deadline;
    private @Nullable Socket talking;
    private @Nullable RequestInput in;
    private @Nullable OutputStream out;

    /** @param tls null for plain HTTP */
    DeadlineSocket(Socket raw, @Nullable HttpsConfigurator tls, EngineLimits limits, DeadlineClock clock) {
        this.raw = raw;
        this.tls = tls;
        this.limits = limits;
        this.clock = clock;
        remote = (InetSocketAddress) raw.getRemoteSocketAddress();
        local = (InetSocketAddress) raw.getLocalSocketAddress();
        deadline = clock.in(limits.request());
    }

    /** Prepares reading and writing. The TLS handshake happens at the first read. */
    void open() throws IOException {
        raw.setTcpNoDelay(true);
        Socket socket = tls == null ? raw : secure(tls);
        talking = socket;
        in = new RequestInput(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private Socket secure(HttpsConfigurator configurator) throws IOException {
        SSLContext context = configurator.getSSLContext();
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, null, true);
        TlsParameters parameters = new TlsParameters(configurator, remote);
        configurator.configure(parameters);
        parameters.applyTo(socket);
        return socket;
    }

    RequestInput in() throws IOException {
        return opened(in);
    }

    private static <T> T opened(@Nullable T part) throws IOException {
        if (part == null) {
            throw new IOException("not open");
        }
        return part;
    }

    /**
     * Writes all bytes. The peer must receive each piece of 64 KiB within the time limit for a response; afterwards the
     * previous deadline applies again.
     */
    void write(byte[] bytes, int offset, int length) throws IOException {
        long before = deadline;
        for (int at = 0; at < length; at += PIECE) {
            deadline = clock.in(limits.answer());
            opened(out).write(bytes, offset + at, Math.min(PIECE, length - at));
        }
        deadline = before;
    }

    /** Closes the sending direction. */
    void finishWriting() throws IOException {
        opened(talking).shutdownOutput();
    }

    /** Sets the deadline for the peer. */
    void limit(Duration time) {
        deadline = clock.in(time);
    }

    /** Removes the deadline, because the server does not wait for the peer. */
    void unlimited() {
        deadline = clock.never();
    }

    boolean isLate(long now) {
        return now - deadline >= 0;
    }

    /** Closes the socket, even during a read or write. Idempotent; may be called by any thread. */
    void cut() {
        try {
            raw.close();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "closing", gone);
        }
    }

    InetSocketAddress remote() {
        return remote;
    }

    InetSocketAddress local() {
        return local;
    }
}
