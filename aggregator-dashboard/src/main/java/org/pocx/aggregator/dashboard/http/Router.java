package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.dashboard.json.Json;

/** Finds the endpoint of a path, and makes answers of what goes wrong in it. Immutable. */
public final class Router implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    private final Map<String, Endpoint> endpoints;

    /** @param endpoints by path */
    public Router(Map<String, Endpoint> endpoints) {
        this.endpoints = Map.copyOf(endpoints);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            @Nullable Endpoint endpoint =
                    endpoints.get(String.valueOf(exchange.getRequestURI().getPath()));
            String method = exchange.getRequestMethod();
            if (endpoint == null) {
                refuse(exchange, 404, "Not found. Try /, /stats or /api/openapi.json.", null);
            } else if (method.equals("GET") || method.equals("HEAD")) {
                serve(exchange, endpoint);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                refuse(exchange, 405, "Only GET and HEAD.", null);
            }
        }
    }

    private static void serve(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try {
            endpoint.serve(exchange);
        } catch (BadQueryException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()), e.parameter());
        } catch (StoreException e) {
            refuse(exchange, 503, String.valueOf(e.getMessage()), null);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The dashboard could not answer " + exchange.getRequestURI().getPath(),
                    e);
            refuse(exchange, 500, "Something broke; the log says more.", null);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String words, @Nullable String parameter)
            throws IOException {
        boolean forPrograms = String.valueOf(exchange.getRequestURI().getPath()).startsWith("/api/");
        Responses.send(exchange, status, forPrograms ? error(words, parameter) : Content.text(words));
    }

    private static Content error(String words, @Nullable String parameter) {
        return Content.json(Json.render(out -> {
            out.text("error", words);
            if (parameter != null) {
                out.text("parameter", parameter);
            }
        }));
    }
}
