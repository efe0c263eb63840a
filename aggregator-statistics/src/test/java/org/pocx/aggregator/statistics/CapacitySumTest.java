package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacitySumTest {
    /** 2^42: the mean of the best raw qualities of 1 TiB. */
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    /** Farms of known size, estimated repeatedly from random best qualities. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 30", "2, 10", "100, 4", "100, 10", "100, 30", "2000, 10", "2000, 30"})
    void trueCapacity_liesWithinTheIntervalAtLeastAsOftenAsItSays(int machines, int blocks) {
        RandomGenerator random = new SplittableRandom(42);
        int runs = 400;
        int within = 0;
        for (int run = 0; run < runs; run++) {
            CapacitySum sum = new CapacitySum();
            double truth = 0;
            for (int machine = 0; machine < machines; machine++) {
                double tib = 1 + machine % 10;
                truth += tib;
                sum.add(estimate(random, tib, blocks), blocks);
            }
            CapacityInterval interval = sum.interval();
            within += interval.lowTib() <= truth && truth <= interval.highTib() ? 1 : 0;
        }

        assertThat(within / (double) runs).isGreaterThanOrEqualTo(0.925);
    }

    @Test
    void theFigureThatIsShown_liesWithin() {
        CapacitySum sum = new CapacitySum();
        for (int i = 0; i < 2_000; i++) {
            sum.add(1, 30);
        }

        assertThat(sum.interval().lowTib()).isBetween(1_900.0, 1_960.0);
        assertThat(sum.interval().highTib()).isEqualTo(2_000);
    }

    @Test
    void manyMachinesOfFewBlocks_areNotJudged() {
        CapacitySum sum = new CapacitySum();
        for (int i = 0; i < 100; i++) {
            sum.add(1, 2);
        }

        assertThat(sum.interval()).isEqualTo(CapacityInterval.UNKNOWN);
    }

    @Test
    void aFewNewcomers_doNotMatter() {
        CapacitySum sum = new CapacitySum();
        for (int i = 0; i < 100; i++) {
            sum.add(1, 30);
        }
        sum.add(1, 1);
        sum.add(0, 0);

        assertThat(sum.interval().lowTib()).isGreaterThan(80);
    }

    @Test
    void nothing_isUnknown() {
        assertThat(new CapacitySum().interval()).isEqualTo(CapacityInterval.UNKNOWN);
    }

    private static double estimate(RandomGenerator random, double tib, int blocks) {
        double bests = 0;
        for (int i = 0; i < blocks; i++) {
            bests += -Math.log1p(-random.nextDouble()) * MEAN_OF_ONE_TIB / tib;
        }
        return Capacity.tib(bests, blocks);
    }
}
