package org.pocx.aggregator.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers GET and HEAD for a fixed set of paths. */
final class DashboardHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(DashboardHandler.class.getName());

    /** The page takes script, style and data from this server alone, and runs in nobody's frame. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    private final Map<String, Supplier<Content>> routes;

    DashboardHandler(Map<String, Supplier<Content>> routes) {
        this.routes = routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            @Nullable Supplier<Content> route = routes.get(String.valueOf(exchange.getRequestURI().getPath()));
            String method = exchange.getRequestMethod();
            if (route == null) {
                send(exchange, 404, Content.text("Not found. Try / or /stats."));
            } else if (method.equals("GET") || method.equals("HEAD")) {
                answer(exchange, route);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, Content.text("Only GET and HEAD."));
            }
        }
    }

    private static void answer(HttpExchange exchange, Supplier<Content> route) throws IOException {
        Content content;
        try {
            content = route.get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The dashboard could not answer " + exchange.getRequestURI(), e);
            send(exchange, 500, Content.text("Something broke; the log says more."));
            return;
        }
        send(exchange, 200, content);
    }

    private static void send(HttpExchange exchange, int status, Content content) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", content.type());
        headers.set("Cache-Control", "no-store");
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(content.body().length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, content.body().length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(content.body());
        }
    }
}
