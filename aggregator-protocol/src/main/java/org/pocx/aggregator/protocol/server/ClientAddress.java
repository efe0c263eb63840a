package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the client: the peer's address or, if the peer is a trusted proxy, an address from {@code
 * X-Forwarded-For}. Each proxy appends the address that it received the request from. Therefore the list is read from
 * right to left, until an address is not a trusted proxy. Addresses further left may be forged.
 */
final class ClientAddress {
    private static final int MAX_HOPS = 16;

    private ClientAddress() {}

    static InetAddress of(HttpExchange exchange, Predicate<InetAddress> trusted) {
        InetAddress peer = exchange.getRemoteAddress().getAddress();
        return trusted.test(peer) ? forwarded(peer, exchange.getRequestHeaders(), trusted) : peer;
    }

    private static InetAddress forwarded(InetAddress proxy, Headers headers, Predicate<InetAddress> trusted) {
        @Nullable List<String> lines = headers.get("X-Forwarded-For");
        if (lines == null) {
            return proxy;
        }
        String[] hops = String.join(",", lines).split(",", -1);
        InetAddress client = proxy;
        int last = Math.max(0, hops.length - MAX_HOPS);
        for (int i = hops.length - 1; i >= last && trusted.test(client); i--) {
            Optional<InetAddress> hop = address(hops[i].strip());
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    /** Parses an address as proxies write it: with or without a port, IPv6 with or without brackets and zone. */
    private static Optional<InetAddress> address(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : IpLiteral.parse(withoutZone(text.substring(1, end)));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return IpLiteral.parse(port ? text.substring(0, colon) : withoutZone(text));
    }

    /** The zone names an interface of the proxy's host. */
    private static String withoutZone(String v6) {
        int zone = v6.indexOf('%');
        return zone < 0 ? v6 : v6.substring(0, zone);
    }
}
