package org.pocx.aggregator.http.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Connects to a host.
 *
 * @param host a name or an address, without brackets
 */
record TcpDialer(String host, int port, HostResolver resolver, AddressRace race) implements Dialer {
    @Override
    public Socket dial(DialDeadline deadline) throws DialException {
        Socket socket = race.connect(addresses(), deadline);
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return socket;
        } catch (IOException ended) {
            Sockets.close(socket);
            throw new DialException(DialFailure.of("the connection was lost: " + VisibleText.of(ended)));
        }
    }

    private List<InetSocketAddress> addresses() throws DialException {
        try {
            return resolver.resolve(host).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException unknown) {
            throw new DialException(DialFailure.of("unknown host"));
        }
    }
}
