package org.pocx.aggregator.http.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A real proxy on the loopback interface, for tests. It takes every host name for an address of this machine, and records
 * what it was asked for, so that a test sees that a name was resolved here.
 */
public abstract class SmallProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    SmallProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final void start() {
        daemon(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = track(listener.accept());
                daemon(() -> {
                    try (client) {
                        serve(client, new DataInputStream(client.getInputStream()), client.getOutputStream());
                    } catch (IOException ended) {
                        return;
                    }
                });
            }
        } catch (IOException closed) {
            return;
        }
    }

    /** Serves one connection of a client to its end. */
    abstract void serve(Socket client, DataInputStream in, OutputStream out) throws IOException;

    /** Connects to a port of this machine. */
    final Socket dial(String hostAndPort) throws IOException {
        asked.add(hostAndPort);
        int port = Integer.parseInt(hostAndPort.substring(hostAndPort.lastIndexOf(':') + 1));
        return track(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Copies in both directions until one of them ends. */
    static void relay(Socket client, InputStream in, Socket target) throws IOException {
        try (target) {
            daemon(() -> {
                try (client) {
                    target.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException ended) {
                    return;
                }
            });
            in.transferTo(target.getOutputStream());
        }
    }

    private Socket track(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    static void daemon(Runnable work) {
        Thread.ofPlatform().daemon().start(work);
    }

    /** The targets, each as HOST:PORT, in the order of the connections. */
    public final List<String> asked() {
        return List.copyOf(asked);
    }

    /** The port on 127.0.0.1. */
    public final int port() {
        return listener.getLocalPort();
    }

    /** Closes the port and all connections. */
    @Override
    public final void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
