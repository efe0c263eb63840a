package org.pocx.aggregator.dashboard;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.dashboard.api.Api;
import org.pocx.aggregator.dashboard.api.MachineEndpoints;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.ErrorResponses;
import org.pocx.aggregator.dashboard.http.QueryHandler;
import org.pocx.aggregator.dashboard.json.SummaryJson;
import org.pocx.aggregator.dashboard.live.LiveEndpoint;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.dashboard.metrics.FarmMetrics;
import org.pocx.aggregator.http.routing.Router;

/**
 * Serves the dashboard: {@code /} (a page that loads nothing from other servers), {@code /stats}, {@code /api/…}
 * (described by {@code /api/openapi.json}), {@code /events} (server-sent), {@code /metrics} and {@code /health}. It
 * only reads data, except that the baseline of a machine can be reset; mining does not depend on it. Thread-safe.
 */
public final class DashboardServer implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final int STOP_SECONDS = 1;

    /** Admits everyone. */
    private static final Filter OPEN = Filter.beforeHandler("no access control", exchange -> {});

    private final HttpServer server;
    private final ExecutorService threads;
    private final LiveFeed live;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DashboardServer(HttpServer server, ExecutorService threads, LiveFeed live) {
        this.server = server;
        this.threads = threads;
        this.live = live;
    }

    /**
     * Starts a server.
     *
     * @param address the address to listen on; port 0 selects a free port
     * @param sources the data to show
     * @return a running server; the caller closes it
     * @throws IOException if the address cannot be bound; its message does not contain the address
     */
    public static DashboardServer start(InetSocketAddress address, DashboardSources sources) throws IOException {
        Objects.requireNonNull(sources, "sources");
        HttpServer server = HttpServer.create(Objects.requireNonNull(address, "address"), BACKLOG);
        return start(server, OPEN, sources);
    }

    /**
     * Starts the dashboard on a given HTTP server, for another engine, TLS or limits.
     *
     * @param server bound but not started; closed with the dashboard
     * @param access a filter for all paths, which may answer requests itself
     * @param sources the data to show
     * @return a running server; the caller closes it
     */
    public static DashboardServer start(HttpServer server, Filter access, DashboardSources sources) {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(sources, "sources");
        ExecutorService threads = DashboardThreads.create();
        server.setExecutor(threads);
        Supplier<byte[]> summary =
                () -> SummaryJson.render(sources.snapshots().get(), sources.blockTime());
        Router router = new Router(new ErrorResponses());
        endpoints(sources, summary).forEach(router::get);
        MachineEndpoints machines = new MachineEndpoints(
                sources.snapshots(), sources.capacityHours(), sources.resetBaseline(), new ErrorResponses(), router);
        server.createContext("/", ErrorResponses.around(machines)).getFilters().add(access);
        sources.live().start(summary);
        server.start();
        return new DashboardServer(server, threads, sources.live());
    }

    private static Map<String, HttpHandler> endpoints(DashboardSources sources, Supplier<byte[]> summary) {
        Map<String, HttpHandler> all = new HashMap<>(PageFiles.endpoints());
        all.putAll(Api.endpoints(
                sources.snapshots(),
                sources.history(),
                sources.luck(),
                sources.blockTime(),
                WallClock.system()));
        all.put("/stats", QueryHandler.of(query -> Content.json(sources.stats().get())));
        all.put("/events", new LiveEndpoint(sources.live(), summary, sources.history()));
        all.put("/metrics", QueryHandler.of(query -> new Content(
                FarmMetrics.CONTENT_TYPE, sources.metrics().get(), "")));
        all.put("/health", QueryHandler.of(query -> Content.text("OK")));
        return all;
    }

    /** {@return the address that the server listens on, with the actual port} */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops listening, ends the live streams, and waits up to 1 s for running requests. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            live.close();
            server.stop(STOP_SECONDS);
            threads.shutdownNow();
        }
    }
}
