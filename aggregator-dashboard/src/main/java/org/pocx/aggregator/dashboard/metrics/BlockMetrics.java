package org.pocx.aggregator.dashboard.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.StatisticsListener;

/** Counts won blocks. Thread-safe: adders. */
final class BlockMetrics implements StatisticsListener {
    private final CounterDataPoint won;
    private final CounterDataPoint expected;
    private final CounterDataPoint orphaned;
    private final CounterDataPoint lost;
    private final CounterDataPoint unseen;

    BlockMetrics(PrometheusRegistry registry) {
        won = counter(registry, "pocx_blocks_won_total", "Blocks that an account of the farm won, orphaned ones included.");
        expected = counter(
                registry,
                "pocx_blocks_expected_total",
                "Wins that the farm's capacity let expect in the rounds whose block was seen.");
        orphaned = counter(registry, "pocx_blocks_orphaned_total", "Won blocks that a fork took back.");
        lost = counter(
                registry,
                "pocx_blocks_probably_lost_total",
                "Blocks that the farm should have won by the poc_time of its best confirmed nonce, and did not.");
        unseen = counter(
                registry,
                "pocx_blocks_unseen_total",
                "Blocks that were not seen, because the height grew by more than one between two polls.");
    }

    private static CounterDataPoint counter(PrometheusRegistry registry, String name, String help) {
        return Counter.builder()
                .name(name)
                .help(help)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void on(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.BlockWon block -> won.inc();
            case StatisticsEvent.BlockOrphaned fork -> {
                if (fork.block().orphaned()) {
                    orphaned.inc();
                }
            }
            case StatisticsEvent.BlockProbablyLost loss -> lost.inc();
            case StatisticsEvent.BlocksCounted counted -> {
                expected.inc(counted.expectedWins());
                unseen.inc(counted.unseen());
            }
            case StatisticsEvent.MachineSilent silent -> {}
            case StatisticsEvent.MachineBack back -> {}
            case StatisticsEvent.BadNonceFound bad -> {}
            case StatisticsEvent.FindingReported reported -> {}
            case StatisticsEvent.EventRecorded recorded -> {}
        }
    }
}
