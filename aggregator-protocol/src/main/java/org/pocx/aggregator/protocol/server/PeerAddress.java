package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;

/** Formats the address of a client, which identifies a machine. */
final class PeerAddress {
    private PeerAddress() {}

    /**
     * The IP address as text, without port, and without the zone of a link-local IPv6 address, because the zone names
     * an interface of this host. Java already reports IPv4 clients of an IPv6 socket as IPv4.
     */
    static String text(InetAddress peer) {
        String host = peer.getHostAddress();
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
