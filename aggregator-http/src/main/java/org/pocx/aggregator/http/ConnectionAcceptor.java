package org.pocx.aggregator.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Passes each accepted connection to the admission control, and starts the admitted ones. Runs on the accepting thread.
 */
final class ConnectionAcceptor implements Consumer<Socket> {
    private static final Logger LOG = System.getLogger(ConnectionAcceptor.class.getName());

    private final AdmissionControl admission;
    private final ConnectionRegistry connections;
    private final Executor threads;
    private final BiFunction<Socket, AdmissionControl.Slot, Connection> connection;

    ConnectionAcceptor(
            AdmissionControl admission,
            ConnectionRegistry connections,
            Executor threads,
            BiFunction<Socket, AdmissionControl.Slot, Connection> connection) {
        this.admission = admission;
        this.connections = connections;
        this.threads = threads;
        this.connection = connection;
    }

    @Override
    public void accept(Socket socket) {
        switch (admission.admit(socket.getInetAddress())) {
            case AdmissionControl.Decision.Admitted(AdmissionControl.Slot slot) -> serve(socket, slot);
            case AdmissionControl.Decision.Rejected refused -> close(socket);
            case AdmissionControl.Decision.Full full -> {
                close(socket);
                connections.relieve();
            }
        }
    }

    private void serve(Socket socket, AdmissionControl.Slot slot) {
        Connection made = connection.apply(socket, slot);
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
