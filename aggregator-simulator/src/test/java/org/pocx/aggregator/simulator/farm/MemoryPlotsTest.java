package org.pocx.aggregator.simulator.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;

/** Real plots in memory, against proofs that are computed from nothing. */
class MemoryPlotsTest {
    private static final Plot PLOT = new Plot(Nonces.account(1), Nonces.hash(7), 0, MemoryPlots.tib(2));
    private static final MiningInfo ROUND = Nonces.round(100);

    @Test
    void scan_findsThePlottedNoncesWithTheQualitiesOfTheirProofs() {
        try (MemoryPlots plots = MemoryPlots.start(List.of(PLOT), 2)) {
            assertThat(plots.scan(PLOT, ROUND)).isNotEmpty();
            Await.until("all nonces are plotted", () -> plots.scan(PLOT, ROUND).size() == 2);

            assertThat(plots.scan(PLOT, ROUND))
                    .extracting(found -> MemoryPlots.provenQuality(
                            PLOT.submission(ROUND, found.nonce(), found.rawQuality())) == found.rawQuality())
                    .containsExactly(true, true);
            assertThat(plots.scan(PLOT, ROUND)).extracting(FoundNonce::progress).containsExactly(0.5, 1.0);
        }
    }

    @Test
    void compressionThatIsTooHigh_hasTheWorstQuality() {
        Plot high = new Plot(PLOT.accountId(), PLOT.seed(), 7, 1);

        assertThat(MemoryPlots.provenQuality(high.submission(ROUND, 1, 5))).isEqualTo(-1L);
    }

    @Test
    void unknownPlot_hasNoNonces() {
        try (MemoryPlots plots = MemoryPlots.start(List.of(), 1)) {
            assertThat(plots.scan(PLOT, ROUND)).isEmpty();
        }
    }
}
