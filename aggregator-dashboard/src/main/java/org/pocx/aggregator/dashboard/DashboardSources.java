package org.pocx.aggregator.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.FarmHistory;

/**
 * The data of the dashboard. All sources are called from many threads.
 *
 * @param snapshots the current state of the farm; called on each request, so it must be fast
 * @param stats the JSON of {@code /stats}, UTF-8; called on each request
 * @param history the past of the farm
 * @param metrics the text of {@code /metrics}; called on each request
 * @param blockTime the chain's block time, at least 1 s
 * @param live a listener of the aggregator and of its statistics; the server closes it
 * @param upstreams how each upstream is, in order of preference; called on each request
 */
public record DashboardSources(
        Supplier<FarmSnapshot> snapshots,
        Supplier<byte[]> stats,
        FarmHistory history,
        Supplier<byte[]> metrics,
        Duration blockTime,
        LiveFeed live,
        Supplier<List<UpstreamStatus>> upstreams) {
    /**
     * The data of a farm whose upstreams are not shown one by one.
     *
     * @param snapshots as above
     * @param stats as above
     * @param history as above
     * @param metrics as above
     * @param blockTime as above
     * @param live as above
     */
    public DashboardSources(
            Supplier<FarmSnapshot> snapshots,
            Supplier<byte[]> stats,
            FarmHistory history,
            Supplier<byte[]> metrics,
            Duration blockTime,
            LiveFeed live) {
        this(snapshots, stats, history, metrics, blockTime, live, List::of);
    }

    /**
     * Checks that no value is missing.
     *
     * @throws NullPointerException if a value is null
     * @throws IllegalArgumentException if the block time is less than 1 s
     */
    public DashboardSources {
        Objects.requireNonNull(snapshots, "snapshots");
        Objects.requireNonNull(stats, "stats");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(blockTime, "blockTime");
        Objects.requireNonNull(live, "live");
        Objects.requireNonNull(upstreams, "upstreams");
        if (blockTime.toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least a second, not " + blockTime);
        }
    }
}
