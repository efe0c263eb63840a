package org.pocx.aggregator.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.dashboard.DashboardServer;
import org.pocx.aggregator.dashboard.DashboardSources;
import org.pocx.aggregator.dashboard.RenderedStats;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.dashboard.metrics.FarmMetrics;
import org.pocx.aggregator.dashboard.metrics.MetricsSettings;
import org.pocx.aggregator.dashboard.metrics.MetricsSource;
import org.pocx.aggregator.protocol.AggregatorServer;
import org.pocx.aggregator.statistics.FarmStatistics;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;

/**
 * The whole server without a file: the miner port, the dashboard and the pool, and a store that forgets when the process
 * ends. Put your own {@code SubmissionStore}, which may be a {@code HistoryStore} as well, in its place.
 *
 * <p>Opened and closed by one thread; what was opened is closed in the reverse order.
 */
public final class MemoryServer implements AutoCloseable {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final String VERSION = "1";

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final AggregatorServer server;
    private final DashboardServer dashboard;

    /** Serves until it is closed. A port of 0 takes one that is free. */
    public MemoryServer(URI pool, InetSocketAddress minerPort, InetSocketAddress dashboardPort) throws IOException {
        try {
            FarmMetrics metrics = new FarmMetrics(new MetricsSettings(VERSION, 1_000), System::nanoTime);
            LiveFeed live = new LiveFeed();
            InMemoryFarmStore store = new InMemoryFarmStore();
            FarmStatistics statistics = FarmStatistics.builder()
                    .store(store)
                    .blockTime(BLOCK_TIME)
                    .listener(live)
                    .build();
            opened.push(statistics::close);
            RenderedStats stats = new RenderedStats(statistics::snapshot);
            server = AggregatorServer.builder()
                    .listen(minerPort)
                    .upstream(pool)
                    .store(store)
                    .listener(statistics)
                    .listener(metrics.listener())
                    .listener(live)
                    .stats(stats)
                    .name("memory-server")
                    .version(VERSION)
                    .start();
            opened.push(server::close);
            Aggregator aggregator = server.aggregator();
            metrics.watch(
                    new MetricsSource(
                            statistics::snapshot,
                            aggregator::forwardLoad,
                            aggregator::miningInfoAge,
                            aggregator::upstreams));
            DashboardSources shown = new DashboardSources(
                    statistics::snapshot,
                    stats,
                    statistics.history(),
                    statistics.blocks(),
                    metrics::scrape,
                    BLOCK_TIME,
                    live,
                    statistics::capacityHours,
                    statistics::resetBaseline,
                    aggregator::upstreams);
            dashboard = DashboardServer.start(dashboardPort, shown);
            opened.push(dashboard::close);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    InetSocketAddress miners() {
        return server.address();
    }

    InetSocketAddress dashboard() {
        return dashboard.address();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }

    /** For the pool whose URL is the argument: miners at port 8080, the dashboard at 8081, until the process is killed. */
    public static void main(String[] args) throws Exception {
        try (MemoryServer server = new MemoryServer(
                URI.create(args[0]), new InetSocketAddress(8080),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081))) {
            System.out.println("Miners: " + server.miners() + ", dashboard: " + server.dashboard());
            new CountDownLatch(1).await();
        }
    }
}
