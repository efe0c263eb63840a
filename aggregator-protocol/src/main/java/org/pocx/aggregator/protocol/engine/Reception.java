package org.pocx.aggregator.protocol.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Shows each accepted connection to the door, and has those that are let in served. Runs on the accepting thread. */
final class Reception implements Consumer<Socket> {
    private static final Logger LOG = System.getLogger(Reception.class.getName());

    private final Door door;
    private final Connections connections;
    private final Executor threads;
    private final BiFunction<Socket, Door.Place, Connection> connection;

    Reception(
            Door door,
            Connections connections,
            Executor threads,
            BiFunction<Socket, Door.Place, Connection> connection) {
        this.door = door;
        this.connections = connections;
        this.threads = threads;
        this.connection = connection;
    }

    @Override
    public void accept(Socket socket) {
        switch (door.enter(socket.getInetAddress())) {
            case Door.Entry.Admitted(Door.Place place) -> serve(socket, place);
            case Door.Entry.Refused refused -> close(socket);
            case Door.Entry.Full full -> {
                close(socket);
                connections.relieve();
            }
        }
    }

    private void serve(Socket socket, Door.Place place) {
        Connection made = connection.apply(socket, place);
        connections.add(made);
        try {
            threads.execute(made);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            made.abandon();
            throw noThread;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "closing", gone);
        }
    }
}
