package org.pocx.aggregator.http;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A handler with its filters. Thread-safe. */
final class EngineContext extends HttpContext {
    private final HttpServer server;
    private final String path;
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final List<Filter> filters = new CopyOnWriteArrayList<>();
    private volatile @Nullable HttpHandler handler;
    private volatile @Nullable Authenticator authenticator;

    EngineContext(HttpServer server, String path) {
        this.server = server;
        this.path = path;
    }

    /** Runs the filters and the handler. */
    void handle(Exchange exchange) throws IOException {
        HttpHandler last = handler;
        if (last == null) {
            throw new IOException("no handler for " + path);
        }
        new Filter.Chain(filters, authenticated(last)).doFilter(exchange);
    }

    private HttpHandler authenticated(HttpHandler inner) {
        Authenticator guard = authenticator;
        if (guard == null) {
            return inner;
        }
        return exchange -> {
            switch (guard.authenticate(exchange)) {
                case Authenticator.Success success -> {
                    ((Exchange) exchange).setPrincipal(success.getPrincipal());
                    inner.handle(exchange);
                }
                case Authenticator.Retry retry -> exchange.sendResponseHeaders(retry.getResponseCode(), -1);
                case Authenticator.Failure failure -> exchange.sendResponseHeaders(failure.getResponseCode(), -1);
                case Authenticator.Result other -> throw new IOException("unknown result " + other);
            }
        };
    }

    @Override
    public @Nullable HttpHandler getHandler() {
        return handler;
    }

    @Override
    public void setHandler(HttpHandler handler) {
        if (this.handler != null) {
            throw new IllegalArgumentException("there is a handler already");
        }
        this.handler = handler;
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public HttpServer getServer() {
        return server;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public List<Filter> getFilters() {
        return filters;
    }

    @Override
    public @Nullable Authenticator setAuthenticator(@Nullable Authenticator authenticator) {
        Authenticator before = this.authenticator;
        this.authenticator = authenticator;
        return before;
    }

    @Override
    public @Nullable Authenticator getAuthenticator() {
        return authenticator;
    }
}
