package org.pocx.aggregator.protocol.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * A range of IP addresses, such as 192.168.0.0/16 or fd00::/8.
 *
 * @param start any address in the range
 * @param prefix the number of leading bits that all addresses of the range have in common: 0 to 32, for IPv6 0 to 128
 */
public record Network(InetAddress start, int prefix) {
    private static final int MAPPED_BITS = 96;

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if the prefix is out of range for the address family
     */
    public Network {
        if (prefix < 0 || prefix > bits(start)) {
            throw new IllegalArgumentException("the prefix must be from 0 to " + bits(start));
        }
    }

    /**
     * Parses ADDRESS/PREFIX, or ADDRESS for a single address. Never queries a name server.
     *
     * @param text anything
     * @return the network; empty if the text is neither
     */
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        return IpLiteral.parse(address)
                .flatMap(start -> prefix(slash < 0 ? "" : text.substring(slash), address, start)
                        .map(prefix -> new Network(start, prefix)));
    }

    /** @param suffix a slash with digits, or nothing */
    private static Optional<Integer> prefix(String suffix, String address, InetAddress start) {
        int bits = bits(start);
        if (suffix.isEmpty()) {
            return Optional.of(bits);
        }
        if (!suffix.matches("/[0-9]{1,3}")) {
            return Optional.empty();
        }
        boolean mapped = start instanceof Inet4Address && address.indexOf(':') >= 0;
        int prefix = Integer.parseInt(suffix.substring(1)) - (mapped ? MAPPED_BITS : 0);
        return prefix < 0 || prefix > bits ? Optional.empty() : Optional.of(prefix);
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }

    /**
     * {@return whether the address is in the range}
     *
     * @param address IPv4 or IPv6; never in a range of the other family
     */
    public boolean contains(InetAddress address) {
        byte[] ours = start.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int mask = 0xff << Math.max(0, bit + Byte.SIZE - prefix);
            int at = bit / Byte.SIZE;
            if (((ours[at] ^ theirs[at]) & mask & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether an address is in one of several networks.
     *
     * @param networks any number; false if there are none
     * @param address IPv4 or IPv6
     * @return whether it is
     */
    public static boolean anyContains(List<Network> networks, InetAddress address) {
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return start.getHostAddress() + "/" + prefix;
    }
}
