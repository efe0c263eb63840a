package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;

/**
 * Drops requests from outside the allowed networks: those of miners behind a proxy, those on connections that were open
 * when the rules changed, and all of them on an engine without admission control.
 */
final class NetworkGuard implements HttpHandler {
    private final Supplier<AccessRules> rules;
    private final RateLimitedLog log;
    private final HttpHandler inner;

    NetworkGuard(Supplier<AccessRules> rules, RateLimitedLog log, HttpHandler inner) {
        this.rules = rules;
        this.log = log;
        this.inner = inner;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        AccessRules now = rules.get();
        if (!now.allowedNetworks().isEmpty()) {
            InetAddress client = ClientAddress.of(exchange, now::trusts);
            if (!now.allows(client)) {
                log.warn("A request of " + PeerAddress.text(client)
                        + " is dropped: it is not in server.allowed_networks");
                throw new DroppedConnection("not in an allowed network");
            }
        }
        inner.handle(exchange);
    }
}
