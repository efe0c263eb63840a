package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.StatisticsEvent.BadNonceFound;

/** What checks of nonces show of plots. */
class PlotChecksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final PlotChecks checks = new PlotChecks();
    private long now;

    private static ReceivedNonce nonce(int plot, long number) {
        return new ReceivedNonce(
                NonceSubmission.builder()
                        .round(Nonces.round(100))
                        .accountId(Nonces.account(1))
                        .seed(Nonces.hash(plot))
                        .nonce(number)
                        .compression(1)
                        .rawQuality(1_000)
                        .build(),
                new MinerId("m"),
                NOON.plusSeconds(number < 0 ? 60 : number));
    }

    private Optional<BadNonceFound> bad(int plot, long number) {
        return checks.add(nonce(plot, number), 1_001, now);
    }

    private void good(int plot) {
        assertThat(checks.add(nonce(plot, 5), 1_000, now)).isEmpty();
    }

    @Test
    void goodNonces_areOnlyCounted() {
        good(1);
        good(1);

        assertThat(checks.view().checked()).isEqualTo(2);
        assertThat(checks.view().badPlots()).isEmpty();
    }

    @Test
    void badNonces_giveTheirRangeAndCounts_numbersAreUnsigned() {
        good(1);
        bad(1, 7);
        bad(1, -1);
        bad(1, 3);
        good(1);

        assertThat(checks.view())
                .isEqualTo(new FarmSnapshot.Verification(
                        5,
                        3,
                        java.util.List.of(new BadPlot(
                                "m",
                                Nonces.account(1),
                                Nonces.hash(1),
                                3,
                                -1,
                                5,
                                3,
                                NOON.plusSeconds(60)))));
    }

    @Test
    void betterThanStated_isBadAsWell() {
        assertThat(checks.add(nonce(1, 1), 999, now)).isPresent();
    }

    @Test
    void plot_isNewOnceADay() {
        assertThat(bad(1, 1)).map(BadNonceFound::isNew).hasValue(true);
        assertThat(bad(1, 2)).map(BadNonceFound::isNew).hasValue(false);
        assertThat(bad(2, 1)).map(BadNonceFound::isNew).hasValue(true);

        now += Duration.ofDays(1).toNanos();

        assertThat(bad(1, 3)).map(BadNonceFound::isNew).hasValue(true);
        assertThat(bad(1, 4)).map(BadNonceFound::isNew).hasValue(false);
    }

    @Test
    void tooManyBadPlots_theOneCheckedLongestAgoIsForgotten() {
        for (int plot = 1; plot <= PlotChecks.MAX_BAD; plot++) {
            bad(plot, 1);
        }
        bad(1, 2);
        bad(PlotChecks.MAX_BAD + 1, 1);

        assertThat(checks.view().badPlots())
                .hasSize(PlotChecks.MAX_BAD)
                .extracting(BadPlot::seed)
                .contains(Nonces.hash(1))
                .doesNotContain(Nonces.hash(2));
    }

    @Test
    void tooManyGoodPlots_theCountOfTheOneCheckedLongestAgoIsForgotten() {
        for (int plot = 1; plot <= PlotChecks.MAX_GOOD + 1; plot++) {
            good(plot);
        }

        assertThat(bad(1, 1)).map(found -> found.plot().checked()).hasValue(1L);
        assertThat(bad(2, 1)).map(found -> found.plot().checked()).hasValue(2L);
    }

    @Test
    void timesOfAMachine_areSinceTheLastAndBetweenTheLastTwo() {
        CheckTimes times = new CheckTimes();
        times.add(1_000);
        assertThat(times.view(1_500))
                .isEqualTo(new FarmSnapshot.LastCheck(Optional.of(Duration.ofNanos(500)), Optional.empty()));

        times.add(3_000);

        assertThat(times.view(3_100))
                .isEqualTo(new FarmSnapshot.LastCheck(
                        Optional.of(Duration.ofNanos(100)), Optional.of(Duration.ofNanos(2_000))));
    }
}
