package org.pocx.aggregator.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.statistics.BlockLuck;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.FarmHistory;

/**
 * The data of the dashboard. All sources are called from many threads.
 *
 * @param snapshots the current state of the farm; called on each request, so it must be fast
 * @param stats the JSON of {@code /stats}, UTF-8; called on each request
 * @param history the past of the farm
 * @param luck expected and actual wins
 * @param metrics the text of {@code /metrics}; called on each request
 * @param blockTime the chain's block time, at least 1 s
 * @param live a listener of the aggregator and of its statistics; the server closes it
 * @param capacityHours the capacity of a machine in each hour of the last week, by its id; may read the disk
 * @param resetBaseline learns the capacity of a machine anew; false if it is not known
 */
public record DashboardSources(
        Supplier<FarmSnapshot> snapshots,
        Supplier<byte[]> stats,
        FarmHistory history,
        BlockLuck luck,
        Supplier<byte[]> metrics,
        Duration blockTime,
        LiveFeed live,
        Function<String, List<CapacityHour>> capacityHours,
        Predicate<String> resetBaseline) {
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
        Objects.requireNonNull(luck, "luck");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(blockTime, "blockTime");
        Objects.requireNonNull(live, "live");
        Objects.requireNonNull(capacityHours, "capacityHours");
        Objects.requireNonNull(resetBaseline, "resetBaseline");
        if (blockTime.toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least a second, not " + blockTime);
        }
    }
}
