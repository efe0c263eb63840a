package org.pocx.aggregator.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.pocx.aggregator.dashboard.metrics.FarmMetrics;

/**
 * Serves the dashboard: {@code /} (a page that needs nothing from any other server), {@code /stats}, {@code
 * /metrics} and {@code /health}. It only reads; mining does not depend on it.
 *
 * <p>A virtual thread per request. Thread-safe.
 */
public final class DashboardServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int STOP_SECONDS = 1;

    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DashboardServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to serve.
     *
     * @param address where to listen; port 0 takes any that is free
     * @param stats the JSON of {@code /stats}, UTF-8; asked on each request, from many threads
     * @param metrics the text of {@code /metrics}, asked likewise
     * @throws IOException when the address cannot be had; its message does not name the address
     */
    public static DashboardServer start(
            InetSocketAddress address, Supplier<byte[]> stats, Supplier<byte[]> metrics) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("dashboard-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/", new DashboardHandler(routes(stats, metrics)));
        server.start();
        return new DashboardServer(server, threads);
    }

    private static Map<String, Supplier<Content>> routes(Supplier<byte[]> stats, Supplier<byte[]> metrics) {
        Content page = Content.resource("index.html", "text/html; charset=utf-8");
        Content script = Content.resource("app.js", "text/javascript; charset=utf-8");
        Content style = Content.resource("style.css", "text/css; charset=utf-8");
        Content icon = Content.resource("icon.svg", "image/svg+xml");
        Content health = Content.text("OK");
        return Map.of(
                "/", () -> page,
                "/app.js", () -> script,
                "/style.css", () -> style,
                "/icon.svg", () -> icon,
                "/stats", () -> Content.json(stats.get()),
                "/metrics", () -> new Content(FarmMetrics.CONTENT_TYPE, metrics.get()),
                "/health", () -> health);
    }

    /** Where it listens, with the port that was taken. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops to listen, lets running requests end for up to a second, then drops them. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(STOP_SECONDS);
            threads.shutdownNow();
        }
    }
}
