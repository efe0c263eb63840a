package org.pocx.aggregator.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.verification.NonceVerification;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.AggregatorBuilder;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.dashboard.DashboardServer;
import org.pocx.aggregator.dashboard.DashboardSources;
import org.pocx.aggregator.dashboard.RenderedStats;
import org.pocx.aggregator.dashboard.alert.AlertSettings;
import org.pocx.aggregator.dashboard.alert.WebhookAlerts;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.dashboard.metrics.FarmMetrics;
import org.pocx.aggregator.dashboard.metrics.MetricsSettings;
import org.pocx.aggregator.dashboard.metrics.MetricsSource;
import org.pocx.aggregator.protocol.server.MinerServer;
import org.pocx.aggregator.statistics.FarmStatistics;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.StatisticsListener;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * Creates and connects all parts of the program. It is the only class that knows all of them. It closes them in reverse order.
 *
 * <p>Opened and closed by one thread.
 */
final class Wiring implements AutoCloseable {
    private final System.Logger log = System.getLogger(Wiring.class.getName());
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Ports ports;
    private final InetSocketAddress miners;
    private final Optional<InetSocketAddress> dashboard;
    private final FarmMetrics metrics;
    private final MachineDirectory directory;
    private final ConfiguredUpstreams upstreams = new ConfiguredUpstreams(NodeName.of(System.getenv()));
    private final Aggregator aggregator;
    private Settings.Upstream configured;

    private Wiring(
            Settings settings,
            MachineDirectory directory,
            AggregatorListener listener,
            StatisticsListener statisticsListener) {
        this.directory = directory;
        configured = settings.upstream();
        metrics = new FarmMetrics(
                new MetricsSettings(VersionCommand.version(), settings.metrics().maxMachines()), System::nanoTime);
        try {
            List<AggregatorListener> listeners = new ArrayList<>(List.of(listener));
            List<StatisticsListener> statisticsListeners = new ArrayList<>(List.of(statisticsListener));
            settings.dashboard().ifPresent(there -> {
                listeners.add(metrics.listener());
                statisticsListeners.add(metrics.statisticsListener());
            });
            directory.replace(settings.machines());
            alerts(settings).ifPresent(alerts -> {
                listeners.add(closing(alerts).listener());
                statisticsListeners.add(alerts.statisticsListener());
            });
            ConfiguredDatabase database = ConfiguredDatabase.open(settings);
            closing(database.submissions());
            LiveFeed live = new LiveFeed();
            settings.dashboard().ifPresent(wanted -> {
                listeners.add(live);
                statisticsListeners.add(live);
            });
            FarmStatistics statistics = closing(
                    statistics(settings, database.history(), directory, statisticsListeners));
            AggregatorBuilder builder =
                    aggregator(settings, database.submissions(), upstreams.of(settings.upstream()))
                            .listener(statistics);
            listeners.forEach(builder::listener);
            NonceVerification.start(settings.verification(), statistics::checked).ifPresent(verification -> {
                builder.listener(closing(verification).listener());
                verification.gate().ifPresent(builder::verifier);
            });
            aggregator = closing(builder.build());
            metrics.watch(new MetricsSource(
                    statistics::snapshot,
                    aggregator::forwardLoad,
                    aggregator::miningInfoAge,
                    aggregator::upstreams));
            aggregator.start();
            Supplier<byte[]> stats = new RenderedStats(statistics::snapshot, aggregator::upstreams);
            ports = closing(new Ports(settings, FileDescriptors.ofProcess()));
            MinerServer minerServer = closing(ports.openMiners(aggregator, stats));
            miners = minerServer.address();
            metrics.watchVerdictWaits(minerServer::waitingRequests, minerServer::heldAnswers);
            DashboardSources shown = new DashboardSources(
                    statistics::snapshot,
                    stats,
                    statistics.history(),
                    statistics.blocks(),
                    metrics::scrape,
                    settings.upstream().blockTime(),
                    live,
                    statistics::capacityHours,
                    statistics::resetBaseline,
                    aggregator::upstreams);
            dashboard = settings.dashboard()
                    .flatMap(settled -> dashboard(settled, shown))
                    .map(server -> closing(server).address());
            ports.shortage().ifPresent(warning -> log.log(System.Logger.Level.WARNING, warning));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything. The upstream need not be reachable.
     *
     * @param directory receives the machines of the configuration, and follows its changes
     * @param listener the first listener of the aggregator
     * @param statisticsListener the first listener of the statistics
     * @throws org.pocx.aggregator.core.store.StoreException when the database cannot be used
     * @throws org.pocx.aggregator.protocol.server.ListenException when the miner port cannot be opened
     */
    static Wiring start(
            Settings settings,
            MachineDirectory directory,
            AggregatorListener listener,
            StatisticsListener statisticsListener) {
        return new Wiring(settings, directory, listener, statisticsListener);
    }

    private Optional<WebhookAlerts> alerts(Settings settings) {
        Settings.Alerts alerts = settings.alerts();
        return alerts.webhook()
                .map(url -> WebhookAlerts.start(
                        new AlertSettings(
                                URI.create(url.reveal()),
                                alerts.farmName(),
                                settings.upstream().name(),
                                alerts.maxPerHour(),
                                "pocx-aggregator/" + VersionCommand.version(),
                                alerts.proxy()),
                        directory));
    }

    private static FarmStatistics statistics(
            Settings settings, HistoryStore store, MachineDirectory directory, List<StatisticsListener> listeners) {
        FarmStatistics.Builder builder = FarmStatistics.builder()
                .store(store)
                .directory(directory)
                .blockTime(settings.upstream().blockTime())
                .silentRounds(settings.alerts().silentRounds());
        listeners.forEach(builder::listener);
        return builder.build();
    }

    private static AggregatorBuilder aggregator(
            Settings settings, SubmissionStore store, List<NamedUpstream> upstreams) {
        Settings.Upstream configured = settings.upstream();
        AggregatorBuilder builder = Aggregator.builder()
                .upstreams(upstreams)
                .failover(configured.failover().after(), configured.failover().returnAfter())
                .mode(configured.mode())
                .store(store)
                .blockTime(configured.blockTime())
                .pollInterval(settings.cache().effectivePollInterval())
                .staleIfError(settings.cache().staleIfError())
                .maxInFlight(configured.maxInFlight())
                .resend(configured.resend());
        if (configured.mode() == SubmissionMode.POOL) {
            Settings.Retry retry = configured.retry();
            builder.retryPolicy(
                    RetryPolicy.exponentialBackoff(retry.baseDelay(), retry.maxDelay(), retry.maxAttempts()));
        }
        return builder;
    }

    private Optional<DashboardServer> dashboard(Settings.Dashboard settled, DashboardSources shown) {
        HostPort listen = settled.listen();
        try {
            return Optional.of(DashboardServer.start(ports.openDashboard(settled), ports.dashboardAuth(), shown));
        } catch (IOException e) {
            log.log(
                    System.Logger.Level.WARNING,
                    "No dashboard: cannot listen on " + listen + " (" + e.getMessage()
                            + "). Mining continues. Choose another dashboard.listen_address.");
            return Optional.empty();
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        opened.push(part);
        return part;
    }

    /** Applies the settings that can change at run time. Any thread. */
    synchronized void update(Settings changed) {
        ports.update(changed);
        directory.replace(changed.machines());
        Settings.Upstream upstream = changed.upstream();
        boolean same = upstream.endpoints().equals(configured.endpoints())
                && upstream.failover().equals(configured.failover());
        if (!same) {
            aggregator.changeUpstreams(
                    upstreams.of(withTimeout(upstream, configured.timeout())),
                    upstream.failover().after(),
                    upstream.failover().returnAfter());
            configured = withTimeout(upstream, configured.timeout());
        }
    }

    /** The other settings of the upstreams need a restart. */
    private static Settings.Upstream withTimeout(Settings.Upstream upstream, Duration timeout) {
        return new Settings.Upstream(
                upstream.name(),
                upstream.url(),
                upstream.credentials(),
                upstream.mode(),
                upstream.blockTime(),
                timeout,
                upstream.maxInFlight(),
                upstream.resend(),
                upstream.retry(),
                upstream.proxy(),
                upstream.kind(),
                upstream.backups(),
                upstream.failover());
    }

    /** Returns the address of the miner port, with its actual port. */
    InetSocketAddress miners() {
        return miners;
    }

    /** Returns the address of the dashboard, if there is one. */
    Optional<InetSocketAddress> dashboard() {
        return dashboard;
    }

    /** Stops listening, completes running requests and flushes everything to disk. Idempotent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                // The other parts must be closed in any case.
                log.log(System.Logger.Level.WARNING, "Closing " + part.getClass().getSimpleName() + " failed", e);
            }
        }
    }
}
