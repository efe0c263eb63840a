package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The contexts of a server. The longest path that is a prefix of the request's path is selected. Thread-safe. */
final class ContextTable {
    private final HttpServer server;
    private final List<EngineContext> byLength = new CopyOnWriteArrayList<>();

    ContextTable(HttpServer server) {
        this.server = server;
    }

    synchronized HttpContext create(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path does not begin with a slash: " + path);
        }
        if (byLength.stream().anyMatch(context -> context.getPath().equals(path))) {
            throw new IllegalArgumentException("a context already exists for " + path);
        }
        EngineContext context = new EngineContext(server, path);
        byLength.add(context);
        byLength.sort(Comparator.comparingInt((EngineContext one) -> one.getPath().length()).reversed());
        return context;
    }

    synchronized void remove(String path) {
        if (!byLength.removeIf(context -> context.getPath().equals(path))) {
            throw new IllegalArgumentException("no context exists for " + path);
        }
    }

    Optional<EngineContext> find(String path) {
        for (EngineContext context : byLength) {
            if (path.startsWith(context.getPath())) {
                return Optional.of(context);
            }
        }
        return Optional.empty();
    }
}
