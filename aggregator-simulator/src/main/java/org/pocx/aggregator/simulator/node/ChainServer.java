package org.pocx.aggregator.simulator.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.simulator.chain.SimulatedChain;

/**
 * Serves a {@link SimulatedChain} over HTTP/1.1 on 127.0.0.1. It works directly on sockets, so that it can fail in all the
 * ways of a real server: see {@link #faults()}. {@link #stop()} and {@link #start()} simulate a restart of the node: the
 * port refuses connections in between, and is the same afterwards.
 *
 * <p>Thread-safe; whether it is started is guarded by its monitor. Each connection has a virtual thread.
 */
public final class ChainServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final NodeEndpoint endpoint;
    private final NodeAuthenticator authenticator;
    private final FaultInjector faults;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private @Nullable Acceptor acceptor;
    private int port;

    ChainServer(int port, NodeEndpoint endpoint, NodeAuthenticator authenticator, FaultInjector faults) {
        this.port = port;
        this.endpoint = endpoint;
        this.authenticator = authenticator;
        this.faults = faults;
    }

    /**
     * {@return a builder of a server for the chain}
     *
     * @param chain the chain to serve
     */
    public static ChainServerBuilder builder(SimulatedChain chain) {
        return new ChainServerBuilder(chain);
    }

    /**
     * Starts listening on the port of the builder, or on the same port as before. Does nothing if it is started already.
     *
     * @throws UncheckedIOException when the port is in use or the cookie file cannot be written
     */
    public synchronized void start() {
        if (acceptor != null) {
            return;
        }
        try {
            authenticator.start();
            ServerSocket socket = listen(port);
            port = socket.getLocalPort();
            acceptor = new Acceptor(socket, run("accept", () -> accept(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated node cannot start on port " + port, e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.add(socket);
                if (server.isClosed()) {
                    socket.close();
                }
                run("connection", () -> serve(socket));
            }
        } catch (IOException e) {
            return; // stopped
        }
    }

    private void serve(Socket socket) {
        try {
            new NodeConnection(socket, endpoint).serve();
        } finally {
            connections.remove(socket);
        }
    }

    private Thread run(String name, Runnable task) {
        Thread thread = Thread.ofVirtual().name("simulated node " + name).unstarted(() -> {
            try {
                task.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        return thread;
    }

    /** Stops listening, closes all connections without an answer, and deletes the cookie file. Idempotent. */
    public synchronized void stop() {
        Acceptor running = acceptor;
        if (running == null) {
            return;
        }
        acceptor = null;
        try {
            running.stop();
            authenticator.stop();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated node cannot stop", e);
        }
        threads.forEach(Thread::interrupt);
    }

    /** {@return the address of the server; it stays the same after a restart} */
    public synchronized URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** {@return the faults, which can be changed while the server runs} */
    public FaultInjector faults() {
        return faults;
    }

    /** Same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** The socket that listens and the thread that accepts its connections. */
    private record Acceptor(ServerSocket socket, Thread thread) {

        /** Closes the socket. The port is free only after the thread has left the socket, so this waits for the thread. */
        void stop() throws IOException {
            socket.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
