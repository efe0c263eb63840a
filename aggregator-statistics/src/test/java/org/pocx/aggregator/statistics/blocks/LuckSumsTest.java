package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;

class LuckSumsTest {
    private static final Instant NOW = Instant.parse("2026-03-09T12:00:00Z");
    private static final LuckSubject MACHINE = LuckSubject.machine("10.0.0.7");

    private final LuckSums sums = new LuckSums();

    @Test
    void windows_haveTheirTime() {
        for (int hour = 0; hour < 400; hour++) {
            sums.expect(LuckSubject.FARM, NOW.minus(Duration.ofHours(hour)), 0);
        }
        for (int hour = 399; hour >= 0; hour--) {
            sums.expect(LuckSubject.FARM, NOW.minus(Duration.ofHours(hour)), 1);
        }
        sums.win(LuckSubject.FARM, NOW.minus(Duration.ofHours(30)), 1);

        SubjectWins wins = sums.of(LuckSubject.FARM, NOW);
        assertThat(wins.day()).isEqualTo(new Wins(0, 25));
        assertThat(wins.week()).isEqualTo(new Wins(1, 169));
        assertThat(wins.all()).isEqualTo(new Wins(1, 400));
    }

    @Test
    void recordsThatWereTaken_areNotTakenAgain_untilTheyChange() {
        sums.expect(MACHINE, NOW, 0.25);
        assertThat(sums.takeChanged(10)).hasSize(1);
        assertThat(sums.takeChanged(10)).isEmpty();

        sums.win(MACHINE, NOW, 1);

        assertThat(sums.takeChanged(10)).extracting(LuckRecord::won).containsExactly(1L);
    }

    @Test
    void records_areTakenAFewAtATime() {
        for (int i = 0; i < 25; i++) {
            sums.expect(LuckSubject.machine("10.0.0." + i), NOW, 1);
        }

        assertThat(sums.takeChanged(10)).hasSize(10);
        assertThat(sums.takeChanged(10)).hasSize(10);
        assertThat(sums.takeChanged(10)).hasSize(5);
    }

    @Test
    void restoredSums_continue() {
        sums.expect(MACHINE, NOW, 0.25);
        sums.win(MACHINE, NOW, 1);
        LuckSums restored = new LuckSums();
        restored.restore(sums.takeChanged(10));
        restored.expect(MACHINE, NOW, 0.5);

        SubjectWins wins = restored.of(MACHINE, NOW);
        assertThat(wins.day()).isEqualTo(new Wins(1, 0.75));
        assertThat(wins.all()).isEqualTo(new Wins(1, 0.75));
        assertThat(restored.takeChanged(10)).hasSize(1);
    }

    @Test
    void machines_areBounded_andThoseWithoutAChanceForLongestAreForgotten() {
        for (int i = 0; i < LuckSums.MAX_OF_KIND; i++) {
            sums.expect(LuckSubject.machine("m" + i), NOW, 1);
        }
        sums.expect(LuckSubject.machine("m0"), NOW, 1);
        sums.expect(LuckSubject.machine("new"), NOW, 1);
        sums.expect(LuckSubject.account(Nonces.account(1)), NOW, 1);

        assertThat(sums.all(LuckSubject.Kind.MACHINE, NOW)).hasSize(LuckSums.MAX_OF_KIND);
        assertThat(sums.takeForgotten()).containsExactly(LuckSubject.machine("m1"));
        assertThat(sums.takeForgotten()).isEmpty();
        assertThat(sums.of(LuckSubject.machine("m0"), NOW).all()).isEqualTo(new Wins(0, 2));
    }

    @Test
    void unknownSubject_hasNothing() {
        assertThat(sums.of(MACHINE, NOW).all()).isEqualTo(new Wins(0, 0));
        assertThat(sums.all(LuckSubject.Kind.MACHINE, NOW)).isEmpty();
    }

    @Test
    void expectation_isTheShareOfTheNetwork_ofEachAndOfAll() {
        // Block time 120 s and this base target: a network of 2^42 / 120 / 2^29 TiB.
        double network = 0x1p42 / 120 / 0x1p29;
        WinExpectation expectation = new WinExpectation(120, height -> List.of(
                new RoundShares.Share("a", "x", network / 5, 2),
                new RoundShares.Share("a", "y", network / 10, 2),
                new RoundShares.Share("b", "y", network / 20, 2)), sums);

        assertThat(expectation.add(5, 1L << 29, NOW)).isCloseTo(0.175, within(1e-12));

        assertThat(expected(LuckSubject.FARM)).isCloseTo(0.175, within(1e-12));
        assertThat(expected(LuckSubject.machine("a"))).isCloseTo(0.15, within(1e-12));
        assertThat(expected(LuckSubject.machine("b"))).isCloseTo(0.025, within(1e-12));
        assertThat(expected(LuckSubject.account("y"))).isCloseTo(0.075, within(1e-12));
    }

    @Test
    void farmThatIsLargerThanTheNetwork_winsOneBlockARound() {
        WinExpectation expectation = new WinExpectation(120, height -> List.of(
                new RoundShares.Share("a", "x", 3e9, 30), new RoundShares.Share("b", "x", 1e9, 30)), sums);

        assertThat(expectation.add(5, -1L, NOW)).isEqualTo(1);
        assertThat(expected(LuckSubject.machine("a"))).isCloseTo(0.75, within(1e-12));
    }

    /** A farm with a tenth of the network, whose capacity is estimated from 1, 2 or 30 blocks each time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30})
    void expectation_isUnbiased(int blocks) {
        SplittableRandom random = new SplittableRandom(blocks);
        double network = 0x1p42 / 120 / 0x1p29;
        WinExpectation expectation = new WinExpectation(120, height -> {
            double sum = 0;
            for (int i = 0; i < blocks; i++) {
                sum += -Math.log(1 - random.nextDouble()) / (network / 10);
            }
            return List.of(new RoundShares.Share("a", "x", blocks / sum, blocks));
        }, new LuckSums());
        double expected = 0;
        for (int round = 0; round < 200_000; round++) {
            expected += Math.min(1, expectation.add(round, 1L << 29, NOW));
        }

        // From a single block it is the share in farm and network together; beyond 1 a probability is cut.
        assertThat(expected / 200_000).isCloseTo(blocks == 1 ? 1 / 11.0 : 0.1, within(blocks == 2 ? 0.03 : 0.002));
    }

    @Test
    void farmWithoutANonce_expectsNothing() {
        assertThat(new WinExpectation(120, height -> List.of(), sums).add(5, 1, NOW)).isZero();
        assertThat(sums.takeChanged(10)).isEmpty();
    }

    private double expected(LuckSubject subject) {
        return sums.of(subject, NOW).all().expected();
    }
}
