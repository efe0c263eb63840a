package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.pocx.aggregator.http.routing.Responses;

/** JSON for those with credentials. */
final class GuardedPage implements HttpHandler {
    private final Doorman doorman;
    private final Supplier<AccessRules> rules;
    private final Supplier<byte[]> json;

    GuardedPage(Doorman doorman, Supplier<AccessRules> rules, Supplier<byte[]> json) {
        this.doorman = doorman;
        this.rules = rules;
        this.json = json;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        InetAddress client = ClientAddress.of(exchange, rules.get()::trusts);
        if (doorman.admit(exchange, client, RpcErrorResponses::unauthorized).isPresent()) {
            Responses.json(exchange, 200, json.get());
        }
    }
}
