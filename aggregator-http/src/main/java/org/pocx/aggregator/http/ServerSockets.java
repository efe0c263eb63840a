package org.pocx.aggregator.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Opens listening sockets. */
@FunctionalInterface
interface ServerSockets {
    ServerSockets SYSTEM = (address, backlog) -> {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // connections in TIME_WAIT must not block the port after a restart
            socket.bind(address, backlog);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    };

    ServerSocket open(InetSocketAddress address, int backlog) throws IOException;
}
