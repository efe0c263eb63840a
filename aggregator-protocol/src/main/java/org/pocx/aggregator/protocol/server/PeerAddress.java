package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;

/** The address of a peer as the name of a machine. */
final class PeerAddress {
    private PeerAddress() {}

    /**
     * The IP address as text, without port, and without the zone that a link-local IPv6 address may carry: it names our
     * interface, not the machine. An IPv6 socket's IPv4 peers are IPv4 to Java already.
     */
    static String text(InetAddress peer) {
        String host = peer.getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
