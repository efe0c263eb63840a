package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The interval of luck. */
class LuckTest {

    /** From published tables of Garwood's limits. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 3.689",
        "1, 0.0253, 5.572",
        "2, 0.2422, 7.225",
        "5, 1.6235, 11.668",
        "10, 4.7954, 18.390",
        "50, 37.111, 65.919",
        "100, 81.364, 121.627"
    })
    void interval_isGarwoods(long won, double low, double high) {
        Luck luck = Luck.of(won, 1);

        assertThat(luck.low()).isCloseTo(low, within(0.001));
        assertThat(luck.high()).isCloseTo(high, within(0.001));
    }

    @Test
    void luck_isTheRatio() {
        Luck luck = Luck.of(6, 4);

        assertThat(luck.luck()).isEqualTo(1.5);
        assertThat(luck.low()).isEqualTo(Luck.of(6, 1).low() / 4);
        assertThat(luck.high()).isEqualTo(Luck.of(6, 1).high() / 4);
    }

    @Test
    void withoutExpectation_thereIsNoLuck() {
        assertThat(Luck.of(0, 0).luck()).isNaN();
        assertThat(Luck.of(3, 0).high()).isNaN();
        assertThat(Luck.of(3, Double.NaN).low()).isNaN();
    }

    @Test
    void manyWins_haveANarrowInterval() {
        Luck luck = Luck.of(100_000, 100_000);

        assertThat(luck.low()).isBetween(0.993, 0.995);
        assertThat(luck.high()).isBetween(1.005, 1.007);
    }

    /** A farm with a hundredth of the network, over 500 rounds, a thousand times. */
    @Test
    void interval_containsTheTruth_in95Of100Cases() {
        SplittableRandom random = new SplittableRandom(5);
        int contained = 0;
        for (int farm = 0; farm < 1_000; farm++) {
            int won = 0;
            for (int round = 0; round < 500; round++) {
                won += random.nextInt(100) == 0 ? 1 : 0;
            }
            Luck luck = Luck.of(won, 5);
            contained += luck.low() <= 1 && luck.high() >= 1 ? 1 : 0;
        }

        assertThat(contained).isBetween(945, 995);
    }
}
