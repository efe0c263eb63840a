package org.pocx.aggregator.http.outbound;

import java.io.IOException;
import java.net.Socket;

/** Ends connections; a failure to do so means that they have ended. */
final class Sockets {
    private Sockets() {}

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            return;
        }
    }

    /** Closes the connection so that the peer does not take it for the end of the data. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException ended) {
            return;
        } finally {
            close(socket);
        }
    }
}
