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
 * Serves a {@link SimulatedChain} on 127.0.0.1, over HTTP/1.1 on sockets of its own, so that it can do to its clients all
 * that servers in trouble do: see {@link #faults()}. {@link #stop()} and {@link #start()} again are a node's restart: the
 * port refuses connections in between, and comes back as the same.
 *
 * <p>Thread-safe; being up or down is guarded by this object's monitor. Each connection has a virtual thread.
 */
public final class ChainServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final NodeEndpoint endpoint;
    private final DoorKeeper door;
    private final FaultRules faults;
    private final RequestLog log;
    private final String path;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private @Nullable Acceptor acceptor;
    private int port;

    ChainServer(ChainServerBuilder builder, SimulatedChain chain) {
        path = builder.path();
        port = builder.port();
        faults = new FaultRules();
        log = new RequestLog(builder.clock());
        door = new DoorKeeper(builder.auth());
        endpoint = new NodeEndpoint(
                path,
                builder.contentType(),
                door,
                WorkQueue.of(builder.dialect()),
                new Methods(chain, builder.dialect()),
                faults,
                log,
                builder.sleeper());
    }

    /**
     * {@return what sets up a server for the chain}
     *
     * @param chain stays its caller's
     */
    public static ChainServerBuilder builder(SimulatedChain chain) {
        return new ChainServerBuilder(chain);
    }

    /**
     * Begins to listen: at a free port the first time, afterwards at the same one. Does nothing while it is up.
     *
     * @throws UncheckedIOException when the port is taken or the cookie file cannot be written
     */
    public synchronized void start() {
        if (acceptor != null) {
            return;
        }
        try {
            door.open();
            ServerSocket socket = listen(port);
            port = socket.getLocalPort();
            acceptor = new Acceptor(socket, run("accept", () -> accept(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated node cannot start at port " + port, e);
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

    private Thread run(String what, Runnable task) {
        Thread thread = Thread.ofVirtual().name("simulated node " + what).unstarted(() -> {
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

    /** Stops listening and closes every connection, whatever is under way; deletes the cookie file. Idempotent. */
    public synchronized void stop() {
        Acceptor running = acceptor;
        if (running == null) {
            return;
        }
        acceptor = null;
        try {
            running.end();
            door.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated node cannot stop", e);
        }
        threads.forEach(Thread::interrupt);
    }

    /** {@return where it listens, or will again; meaningful once it has been started} */
    public synchronized URI uri() {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** {@return the faults that it shows, to be told at run time} */
    public FaultRules faults() {
        return faults;
    }

    /** {@return what has arrived, well formed or not} */
    public RequestLog requests() {
        return log;
    }

    /** As {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** The socket that listens and the thread that waits at it. */
    private record Acceptor(ServerSocket socket, Thread thread) {

        /** Returns when connections are refused: the port is given up only when the thread has left the socket. */
        void end() throws IOException {
            socket.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
