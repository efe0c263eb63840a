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
 * Accepts connections until it is closed: a failed accept (no descriptor left, a peer that has gone again) is waited
 * out, and a listening socket that has died is opened anew.
 *
 * <p>The accepting thread owns the socket's replacement; {@link #close} may come from any.
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
    private volatile Consumer<Socket> reception = Listener::close;
    private long tellNext = System.nanoTime();

    private Listener(ServerSocket socket, int backlog, ServerSockets sockets) throws IOException {
        this.socket = socket;
        address = (InetSocketAddress) socket.getLocalSocketAddress();
        // Without the name by which it was found, which the socket keeps.
        numeric = new InetSocketAddress(
                InetAddress.getByAddress(address.getAddress().getAddress()), address.getPort());
        this.backlog = backlog;
        this.sockets = sockets;
        thread = Thread.ofPlatform().name("http-accept").unstarted(this::run);
    }

    static Listener open(InetSocketAddress address, int backlog, ServerSockets sockets) throws IOException {
        return new Listener(sockets.open(address, backlog), backlog, sockets);
    }

    /** Where it listens, with the real port. */
    InetSocketAddress address() {
        return numeric;
    }

    /** @param reception takes each connection, quickly */
    void start(Consumer<Socket> reception) {
        this.reception = reception;
        started.set(true);
        thread.start();
    }

    private void run() {
        while (closed.getCount() > 0) {
            try {
                reception.accept(socket.accept());
            } catch (IOException | RuntimeException | OutOfMemoryError failed) {
                recover(failed);
            }
        }
    }

    private void recover(Throwable failed) {
        if (closed.getCount() == 0) {
            return;
        }
        tell("Connections cannot be accepted just now (" + failed.getMessage() + "), trying on");
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
            tell("Cannot listen on " + address + " again (" + stillNot.getMessage() + "), trying on");
        }
        if (closed.getCount() == 0) {
            closeSocket();
        }
    }

    private void tell(String words) {
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

    /** Stops to listen, and waits for the accepting thread to end. Idempotent. */
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
