package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the client to the relay, and its connection to the target. One thread carries the requests, another one
 * the responses. A connection that breaks on one side breaks on the other, so that the client never takes part of a response
 * for the whole.
 */
final class RelayConnection implements AutoCloseable {
    /** The client sends its request at once. */
    private static final int FIRST_HEAD_MILLIS = 5_000;

    private static final int BUFFER_BYTES = 8 * 1024;
    private static final byte[] CONNECTED = "HTTP/1.1 200 Connected\r\n\r\n".getBytes(ISO_8859_1);
    private static final byte[] NOT_CONNECTED =
            "HTTP/1.1 502 Not connected\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);

    private final Socket client;
    private final Function<String, Optional<RelayTicket>> tickets;
    private final Dialer dialer;
    private final HeadRewriter rewriter;
    private final Duration connectTimeout;
    private final Executor threads;
    private volatile @Nullable Socket target;

    RelayConnection(
            Socket client,
            Function<String, Optional<RelayTicket>> tickets,
            Dialer dialer,
            HeadRewriter rewriter,
            Duration connectTimeout,
            Executor threads) {
        this.client = client;
        this.tickets = tickets;
        this.dialer = dialer;
        this.rewriter = rewriter;
        this.connectTimeout = connectTimeout;
        this.threads = threads;
    }

    /** Serves the connection to its end. */
    void run() {
        try {
            client.setTcpNoDelay(true);
            client.setSoTimeout(FIRST_HEAD_MILLIS);
            InputStream in = new BufferedInputStream(client.getInputStream(), BUFFER_BYTES);
            Optional<RelayedHead> first = RelayedHead.read(in);
            Optional<RelayTicket> ticket =
                    first.flatMap(head -> head.field(ProxyAuthorization.NAME)).flatMap(tickets);
            if (first.isPresent() && ticket.isPresent()) {
                connect(first.get(), ticket.get(), in);
            }
        } catch (IOException | RejectedExecutionException ended) {
            return; // The client notices that as well.
        } finally {
            close();
        }
    }

    private void connect(RelayedHead first, RelayTicket ticket, InputStream in) throws IOException {
        try (Socket opened = dialer.dial(DialDeadline.in(connectTimeout))) {
            target = opened;
            client.setSoTimeout(0);
            if (first.isConnect()) {
                client.getOutputStream().write(CONNECTED);
            }
            threads.execute(() -> carryResponses(opened));
            carryRequests(first, in, opened);
        } catch (DialException failed) {
            ticket.fail(failed.failure());
            client.getOutputStream().write(NOT_CONNECTED);
        }
    }

    private void carryRequests(RelayedHead first, InputStream in, Socket opened) throws IOException {
        try {
            OutputStream out = opened.getOutputStream();
            if (first.isConnect()) {
                copy(in, out);
                return;
            }
            for (Optional<RelayedHead> next = Optional.of(first); next.isPresent(); next = RelayedHead.read(in)) {
                send(next.get(), in, out);
            }
        } catch (TargetLostException lost) {
            // The response may have arrived before, and is still on its way to the client.
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void send(RelayedHead head, InputStream in, OutputStream out) throws IOException {
        write(out, rewriter.rewrite(head), 0);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = head.bodyLength(); left > 0;) {
            int length = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (length < 0) {
                return;
            }
            write(out, buffer, length);
            left -= length;
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            write(out, buffer, length);
        }
    }

    /** @param length 0 for all bytes */
    private static void write(OutputStream out, byte[] bytes, int length) throws TargetLostException {
        try {
            out.write(bytes, 0, length == 0 ? bytes.length : length);
        } catch (IOException lost) {
            throw new TargetLostException(lost);
        }
    }

    private void carryResponses(Socket opened) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = opened.getInputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                client.getOutputStream().write(buffer, 0, length);
            }
            client.shutdownOutput(); // The client then closes its side.
        } catch (IOException broken) {
            Sockets.reset(client);
        }
    }

    @Override
    public void close() {
        Sockets.close(client);
        Socket opened = target;
        if (opened != null) {
            Sockets.close(opened);
        }
    }

    /** Writing to the target failed. */
    private static final class TargetLostException extends IOException {
        private static final long serialVersionUID = 1L;

        TargetLostException(IOException cause) {
            super(cause);
        }
    }
}
