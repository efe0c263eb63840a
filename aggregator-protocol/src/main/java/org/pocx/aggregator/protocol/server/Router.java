package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint for a path and method. Filled before the server starts, and only read after. */
final class Router implements Endpoint {
    private final Map<String, Route> routes = new HashMap<>();

    private record Route(List<String> methods, Endpoint endpoint) {}

    void post(String path, Endpoint endpoint) {
        routes.put(path, new Route(List.of("POST"), endpoint));
    }

    void get(String path, Endpoint endpoint) {
        routes.put(path, new Route(List.of("GET", "HEAD"), endpoint));
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        @Nullable Route route = routes.get(exchange.getRequestURI().getPath());
        if (route == null) {
            Responses.text(exchange, 404, "Not found. JSON-RPC is at POST / and /pocx.\n");
        } else if (!route.methods().contains(exchange.getRequestMethod())) {
            String allowed = String.join(", ", route.methods());
            exchange.getResponseHeaders().set("Allow", allowed);
            Responses.text(exchange, 405, "Method not allowed. Use " + allowed + ".\n");
        } else {
            route.endpoint().handle(exchange);
        }
    }
}
