package org.pocx.aggregator.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Accepts connections until it is closed. After a failed accept (no file descriptor left, a peer that has disconnected)
 * it tries again, and it reopens a failed listening socket.
 *
 * <p>Only the accepting thread replaces the socket; {@link #close} may be called by any thread.
 */
final class Listener implements AutoCloseable {
    static final long PAUSE_MILLIS = 100;
    private static final long TOLD_EVERY = TimeUnit.MINUTES.toNanos(1);
    private static final Logger LOG = System.getLogger(Listener.class.getName());

    private final InetSocketAddress address;
    private final InetSocketAddress numeric;
    private final int backlog;
    private final ServerSockets sockets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile ServerSocket socket;
    private volatile Consumer<Socket> acceptor = Listener::close;
    private long tellNext = System.nanoTime();

    private Listener(ServerSocket socket, int backlog, ServerSockets sockets) throws IOException {
        this.socket = socket;
        address = (InetSocketAddress) socket.getLocalSocketAddress();
        // Without the host name that the address was resolved from, which the socket keeps.
        numeric = new InetSocketAddress(
                InetAddress.getByAddress(address.getAddress().getAddress()), address.getPort());
        this.backlog = backlog;
        this.sockets = sockets;
        thread = Thread.ofPlatform().name("http-accept").unstarted(this::run);
    }

    static Listener open(InetSocketAddress address, int backlog, ServerSockets sockets) throws IOException {
        return new Listener(sockets.open(address, backlog), backlog, sockets);
    }

    /** The address that the server listens on, with the actual port. */
    InetSocketAddress address() {
        return numeric;
    }

    /** @param acceptor receives each connection; must return quickly */
    void start(Consumer<Socket> acceptor) {
        this.acceptor = acceptor;
        started.set(true);
        thread.start();
    }

    private void run() {
        while (closed.getCount() > 0) {
            try {
                acceptor.accept(socket.accept());
            } catch (IOException | RuntimeException | OutOfMemoryError failed) {
                recover(failed);
            }
        }
    }

    private void recover(Throwable failed) {
        if (closed.getCount() == 0) {
            return;
        }
        logProblem("Connections cannot be accepted now (" + failed.getMessage() + "), trying again");
        pause();
        if (socket.isClosed()) {
            reopen();
        }
    }

    private void reopen() {
        try {
            socket = sockets.open(address, backlog);
            LOG.log(Level.WARNING, "Listening again on {0}", address);
        } catch (IOException stillNot) {
            logProblem("Cannot listen on " + address + " again (" + stillNot.getMessage() + "), trying again");
        }
        if (closed.getCount() == 0) {
            closeSocket();
        }
    }

    private void logProblem(String words) {
        long now = System.nanoTime();
        if (now - tellNext >= 0) {
            tellNext = now + TOLD_EVERY;
            LOG.log(Level.WARNING, words);
        }
    }

    private void pause() {
        try {
            closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "closing", gone);
        }
    }

    /** Stops listening, and waits for the accepting thread to end. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        closeSocket();
        if (started.get()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException none) {
            LOG.log(Level.TRACE, "closing", none);
        }
    }
}
