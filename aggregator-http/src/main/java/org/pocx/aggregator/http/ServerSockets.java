package org.pocx.aggregator.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Where listening sockets come from. */
@FunctionalInterface
interface ServerSockets {
    ServerSockets SYSTEM = (address, backlog) -> {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // connections that rest in TIME_WAIT must not keep a restart from the port
            socket.bind(address, backlog);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    };

    ServerSocket open(InetSocketAddress address, int backlog) throws IOException;
}
