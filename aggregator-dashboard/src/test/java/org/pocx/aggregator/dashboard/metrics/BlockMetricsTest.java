package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

class BlockMetricsTest {
    private static final WonBlock BLOCK = new WonBlock(
            100, Nonces.hash(1), Instant.EPOCH, Nonces.account(1), Optional.empty(), false);

    private final FarmMetrics metrics = new FarmMetrics(new MetricsSettings("test", 0), System::nanoTime);

    private void on(StatisticsEvent event) {
        metrics.statisticsListener().on(event);
    }

    private String scraped() {
        return new String(metrics.scrape(), StandardCharsets.UTF_8);
    }

    @Test
    void counters_areThereFromTheBeginning() {
        assertThat(scraped()).contains("pocx_blocks_won_total 0.0", "pocx_blocks_expected_total 0.0");
    }

    @Test
    void events_areCounted() {
        on(new StatisticsEvent.BlockWon(BLOCK));
        on(new StatisticsEvent.BlockWon(BLOCK));
        on(new StatisticsEvent.BlockOrphaned(BLOCK.withOrphaned(true)));
        on(new StatisticsEvent.BlockOrphaned(BLOCK));
        on(new StatisticsEvent.BlockProbablyLost(
                new ProbableLoss(100, Nonces.hash(1), Instant.EPOCH, Nonces.account(1), "10.0.0.7", 1, 1)));
        on(new StatisticsEvent.BlocksCounted(0.25, 0));
        on(new StatisticsEvent.BlocksCounted(0, 3));

        assertThat(scraped())
                .contains(
                        "pocx_blocks_won_total 2.0",
                        "pocx_blocks_orphaned_total 1.0",
                        "pocx_blocks_probably_lost_total 1.0",
                        "pocx_blocks_expected_total 0.25",
                        "pocx_blocks_unseen_total 3.0");
    }
}
