package org.pocx.aggregator.http.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on the loopback interface for one client in this process and one target. Each connection of the client becomes
 * one connection to the target.
 *
 * <p>Other programs on this machine can connect to it, too. It serves only connections that begin with a ticket, a secret
 * that each request of the client carries, and closes all others. Whatever target a request names, it goes to the one
 * target.
 *
 * <p>Thread-safe, with one virtual thread for accepting and two for each connection.
 */
final class RelayServer implements AutoCloseable {
    /** More than the concurrent calls of any client. */
    static final int MAX_CONNECTIONS = 2_048;

    private static final int BACKLOG = 256;
    private static final int SECRET_BYTES = 16;
    private static final String SCHEME = "Relay ";

    /** When no descriptor is left, accepting fails until one is closed. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerSocket listener;
    private final Dialer dialer;
    private final HeadRewriter rewriter;
    private final Duration connectTimeout;
    private final String secret;
    private final AtomicLong lastTicket = new AtomicLong();
    private final Map<String, RelayTicket> tickets = new ConcurrentHashMap<>();
    private final Set<RelayConnection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final ExecutorService threads;

    private RelayServer(
            ServerSocket listener, Dialer dialer, HeadRewriter rewriter, Duration connectTimeout, int maxConnections) {
        this.listener = listener;
        this.dialer = dialer;
        this.rewriter = rewriter;
        this.connectTimeout = connectTimeout;
        this.free = new Semaphore(maxConnections);
        byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        this.secret = SCHEME + HexFormat.of().formatHex(random) + ".";
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("relay-", 0).factory());
    }

    /** @param rewriter for targets of plain HTTP */
    static RelayServer open(Dialer dialer, HeadRewriter rewriter, Duration connectTimeout) {
        return open(dialer, rewriter, connectTimeout, MAX_CONNECTIONS);
    }

    static RelayServer open(Dialer dialer, HeadRewriter rewriter, Duration connectTimeout, int maxConnections) {
        try {
            ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            RelayServer relay = new RelayServer(listener, dialer, rewriter, connectTimeout, maxConnections);
            relay.threads.execute(relay::accept);
            return relay;
        } catch (IOException noPort) {
            throw new UncheckedIOException("cannot open a port on the loopback interface", noPort);
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    RelayTicket issueTicket() {
        RelayTicket ticket = new RelayTicket(secret + lastTicket.incrementAndGet());
        tickets.put(ticket.secret(), ticket);
        return ticket;
    }

    void withdraw(RelayTicket ticket) {
        tickets.remove(ticket.secret());
    }

    /** Returns the number of tickets of calls that have not ended. */
    int ticketCount() {
        return tickets.size();
    }

    private Optional<RelayTicket> ticketOf(String authorization) {
        return Optional.ofNullable(tickets.get(authorization));
    }

    private void accept() {
        while (!listener.isClosed()) {
            @Nullable Socket client = acceptOne();
            if (client != null) {
                serve(client);
            }
        }
    }

    private @Nullable Socket acceptOne() {
        try {
            return listener.accept();
        } catch (IOException failed) {
            if (!listener.isClosed()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return null;
        }
    }

    private void serve(Socket client) {
        if (!free.tryAcquire()) {
            Sockets.close(client);
            return;
        }
        RelayConnection connection =
                new RelayConnection(client, this::ticketOf, dialer, rewriter, connectTimeout, threads);
        connections.add(connection);
        try {
            threads.execute(() -> run(connection));
        } catch (RejectedExecutionException closed) {
            end(connection);
        }
    }

    private void run(RelayConnection connection) {
        try {
            connection.run();
        } finally {
            end(connection);
        }
    }

    private void end(RelayConnection connection) {
        connection.close();
        connections.remove(connection);
        free.release();
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException closed) {
            // Accepting has ended.
        }
        connections.forEach(RelayConnection::close);
        tickets.clear();
        threads.shutdownNow();
    }
}
