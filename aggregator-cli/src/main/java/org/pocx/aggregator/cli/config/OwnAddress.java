package org.pocx.aggregator.cli.config;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.client.UrlTarget;

/** Detects an upstream that is the miner port of this program. It does not resolve names: names except localhost pass. */
final class OwnAddress {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private OwnAddress() {}

    static boolean is(URI upstream, HostPort listen) {
        UrlTarget target = UrlTarget.of(upstream).orElse(null);
        if (target == null || portOf(upstream, target) != listen.port() || listen.port() == 0) {
            return false;
        }
        String host = target.host();
        if (host.equalsIgnoreCase(listen.host())) {
            return true;
        }
        boolean local = host.equalsIgnoreCase("localhost") || isOfThisMachine(host);
        return local && listensThere(host, listen.host());
    }

    /** Returns whether a URL names an address that every machine has for itself. */
    static boolean isLoopback(URI url) {
        String host = UrlTarget.of(url).map(UrlTarget::host).orElse("");
        InetAddress address = literal(host);
        return host.equalsIgnoreCase("localhost") || (address != null && address.isLoopbackAddress());
    }

    /** Returns the port of a URL, or the default of its scheme. */
    static int portOf(URI url, UrlTarget target) {
        if (target.port() >= 0) {
            return target.port();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    }

    static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean listensThere(String host, String listen) {
        InetAddress bound = literal(listen);
        if (bound == null) {
            return listen.equalsIgnoreCase("localhost");
        }
        InetAddress target = literal(host);
        boolean isThisMachine = target == null || target.isAnyLocalAddress();
        return bound.isAnyLocalAddress() || (isThisMachine ? bound.isLoopbackAddress() : bound.equals(target));
    }

    private static boolean isOfThisMachine(String host) {
        InetAddress address = literal(host);
        try {
            return address != null
                    && (address.isLoopbackAddress()
                            || address.isAnyLocalAddress()
                            || NetworkInterface.getByInetAddress(address) != null);
        } catch (SocketException unknown) {
            return false;
        }
    }

    /** Returns the address that the text denotes; null for a name. */
    private static @Nullable InetAddress literal(String host) {
        boolean looksLikeOne = host.startsWith("[") || host.matches("[0-9.]+") || host.contains(":");
        try {
            return looksLikeOne ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException notAnAddress) {
            return null;
        }
    }
}
