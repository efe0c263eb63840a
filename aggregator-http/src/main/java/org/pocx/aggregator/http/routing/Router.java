package org.pocx.aggregator.http.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the handler for a path and a method. Doubled slashes count as one, as some clients and proxies join two parts of a
 * path with both their slashes. A path for POST may have slashes at its end, too. A method that the path does not have is answered with the header {@code Allow}
 * (RFC 9110, 15.5.6). Filled before the server starts, and only read afterwards, by any number of threads.
 */
public final class Router implements HttpHandler {
    private final Map<String, Route> routes = new HashMap<>();
    private final Fallback fallback;

    private record Route(List<String> methods, HttpHandler handler) {}

    /** Answers requests without a route. Implementations are thread-safe. */
    public interface Fallback {
        /**
         * Answers a request for an unknown path, with status 404.
         *
         * @param exchange with nothing sent yet
         * @throws IOException if the client has disconnected
         */
        void notFound(HttpExchange exchange) throws IOException;

        /**
         * Answers a request with a method that its path does not have, with status 405.
         *
         * @param exchange with nothing sent yet, and the header {@code Allow} set
         * @param allowed the methods that the path has, separated by commas; the value of {@code Allow}
         * @throws IOException if the client has disconnected
         */
        void methodNotAllowed(HttpExchange exchange, String allowed) throws IOException;
    }

    /**
     * Creates a router without routes.
     *
     * @param fallback answers all other requests
     */
    public Router(Fallback fallback) {
        this.fallback = fallback;
    }

    /**
     * Adds a route for POST.
     *
     * @param path the whole path, decoded
     * @param handler thread-safe; answers, and finishes the exchange
     * @return this router
     */
    public Router post(String path, HttpHandler handler) {
        return add(path, List.of("POST"), handler);
    }

    /**
     * Adds a route for GET and HEAD.
     *
     * @param path the whole path, decoded
     * @param handler thread-safe; answers, and finishes the exchange
     * @return this router
     */
    public Router get(String path, HttpHandler handler) {
        return add(path, List.of("GET", "HEAD"), handler);
    }

    private Router add(String path, List<String> methods, HttpHandler handler) {
        if (routes.putIfAbsent(path, new Route(methods, handler)) != null) {
            throw new IllegalArgumentException("a route already exists for " + path);
        }
        return this;
    }

    private @Nullable Route find(String path) {
        @Nullable Route exact = routes.get(path);
        if (exact != null) {
            return exact;
        }
        String single = path.replaceAll("/{2,}", "/");
        @Nullable Route found = routes.get(single);
        if (found != null || !single.endsWith("/")) {
            return found;
        }
        @Nullable Route posted = routes.get(single.substring(0, single.length() - 1));
        return posted != null && posted.methods().contains("POST") ? posted : null;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        @Nullable Route route = find(String.valueOf(exchange.getRequestURI().getPath()));
        if (route == null) {
            fallback.notFound(exchange);
        } else if (!route.methods().contains(exchange.getRequestMethod())) {
            String allowed = String.join(", ", route.methods());
            exchange.getResponseHeaders().set("Allow", allowed);
            fallback.methodNotAllowed(exchange, allowed);
        } else {
            route.handler().handle(exchange);
        }
    }
}
