package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;
import org.pocx.aggregator.core.mining.MinerId;

/** Formats the address of a client, which identifies a machine. */
final class PeerAddress {
    private PeerAddress() {}

    /**
     * The IP address as text in its one spelling, without port, and without the zone of a link-local IPv6 address, because
     * the zone names an interface of this host. Java already reports IPv4 clients of an IPv6 socket as IPv4.
     */
    static String text(InetAddress peer) {
        return new MinerId(peer.getHostAddress()).address();
    }
}
