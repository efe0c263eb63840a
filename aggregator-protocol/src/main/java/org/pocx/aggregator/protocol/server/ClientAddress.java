package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is: the peer's address, or, where the peer is a trusted proxy, what that says in {@code
 * X-Forwarded-For}. Each proxy adds at the right the address that it saw; so the list is read from the right, for as long
 * as each one is trusted that has written the next. Whatever stands left of that anybody may have invented.
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

    /** An address as proxies write it: with or without a port, IPv6 with or without brackets. */
    private static Optional<InetAddress> address(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : IpLiteral.parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        boolean port = colon >= 0 && colon == text.lastIndexOf(':');
        return IpLiteral.parse(port ? text.substring(0, colon) : text);
    }
}
