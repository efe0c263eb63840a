package org.pocx.aggregator.cli.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pocx.aggregator.protocol.client.UrlTarget;

/**
 * A host and a TCP port, as {@code HOST:PORT}; an IPv6 address is in brackets.
 *
 * @param host a name or an address, without brackets
 * @param port 0 to 65,535; 0 stands for any free port, and is not allowed in a configuration file
 */
public record HostPort(String host, int port) {
    /** Without characters that could start another part of a URL. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[A-Za-z0-9:._%-]+]");

    private static final Pattern BARE_IPV6 =
            Pattern.compile("(?=.*::|(?:[^:]*:){7})[0-9A-Fa-f:.]{2,52}(%[A-Za-z0-9._-]{1,64})?(:[0-9]{1,5})?");

    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not HOST:PORT: " + host + ":" + port);
        }
    }

    static Optional<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        Optional<String> host = host(text.substring(0, colon));
        Optional<Integer> port = ValueType.parseWhole(text.substring(colon + 1), 1, 65_535);
        return host.isPresent() && port.isPresent()
                ? Optional.of(new HostPort(host.get(), port.get()))
                : Optional.empty();
    }

    /** Returns the host of {@code HOST} or {@code [IPV6]} without the brackets; empty unless a URL may contain it. */
    static Optional<String> host(String text) {
        if (!HOST.matcher(text).matches() || !isHostOfUrl(text)) {
            return Optional.empty();
        }
        return Optional.of(text.startsWith("[") ? text.substring(1, text.length() - 1) : text);
    }

    /** Returns whether a text is probably an IPv6 address without brackets, with or without a port. */
    static boolean isBareIpv6(String text) {
        return BARE_IPV6.matcher(text).matches();
    }

    /** Returns what was probably meant by such a text as {@code HOST:PORT}. */
    static String withBrackets(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon);
        boolean hasPort = isBareIpv6(host) && ValueType.parseWhole(text.substring(colon + 1), 1, 65_535).isPresent();
        return hasPort && (host.equals("::") || !host.endsWith(":"))
                ? "[" + host + "]:" + text.substring(colon + 1)
                : "[" + text + "]:8080";
    }

    private static boolean isHostOfUrl(String text) {
        try {
            return UrlTarget.of(new URI("http://" + text + "/")).isPresent();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns the address to listen at or to connect to; unresolved if the name is unknown. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(host, port);
    }

    /** Returns whether it stands for all addresses of the machine. */
    public boolean wildcard() {
        InetAddress address = socketAddress().getAddress();
        return address != null && address.isAnyLocalAddress();
    }

    /** Returns whether only programs on this machine can connect to it. */
    public boolean loopback() {
        InetAddress address = socketAddress().getAddress();
        return address != null && address.isLoopbackAddress();
    }

    /** Returns the host as it is written in a URL or before a port. */
    public String urlHost() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return urlHost() + ":" + port;
    }
}
