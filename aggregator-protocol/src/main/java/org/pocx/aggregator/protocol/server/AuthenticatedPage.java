package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.pocx.aggregator.http.routing.Responses;

/** Serves JSON to clients with valid credentials. */
final class AuthenticatedPage implements HttpHandler {
    private final RequestAuthenticator authenticator;
    private final Supplier<AccessRules> rules;
    private final Supplier<byte[]> json;

    AuthenticatedPage(RequestAuthenticator authenticator, Supplier<AccessRules> rules, Supplier<byte[]> json) {
        this.authenticator = authenticator;
        this.rules = rules;
        this.json = json;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        InetAddress client = ClientAddress.of(exchange, rules.get()::trusts);
        if (authenticator.admit(exchange, client, RpcErrorResponses::unauthorized).isPresent()) {
            Responses.json(exchange, 200, json.get());
        }
    }
}
