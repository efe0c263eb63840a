package org.pocx.aggregator.dashboard;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.FarmHistory;

/**
 * What the dashboard shows. All of it is asked from many threads.
 *
 * @param snapshots the farm as it is now; asked on each request, so it must cost little
 * @param stats the JSON of {@code /stats}, UTF-8; asked on each request
 * @param history the farm as it was
 * @param metrics the text of {@code /metrics}, asked on each request
 * @param blockTime of the chain, at least a second
 * @param live must be a listener of the aggregator and of its statistics; the server closes it
 */
public record DashboardSources(
        Supplier<FarmSnapshot> snapshots,
        Supplier<byte[]> stats,
        FarmHistory history,
        Supplier<byte[]> metrics,
        Duration blockTime,
        LiveFeed live) {
    /**
     * Takes sources that are all there.
     *
     * @throws NullPointerException when a value is null
     * @throws IllegalArgumentException when the block time is less than a second
     */
    public DashboardSources {
        Objects.requireNonNull(snapshots, "snapshots");
        Objects.requireNonNull(stats, "stats");
        Objects.requireNonNull(history, "history");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(blockTime, "blockTime");
        Objects.requireNonNull(live, "live");
        if (blockTime.toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least a second, not " + blockTime);
        }
    }
}
