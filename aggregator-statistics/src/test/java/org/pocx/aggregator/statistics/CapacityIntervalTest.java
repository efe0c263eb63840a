package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapacityIntervalTest {
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    /** From printed tables of the distribution. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.000982, 5.0239",
        "2, 0.050636, 7.3778",
        "10, 3.2470, 20.4832",
        "60, 40.4817, 83.2977",
        "100, 74.2219, 129.5612",
    })
    void quantiles_areThoseOfTheTables(double degrees, double low, double high) {
        assertThat(ChiSquare.quantile(0.025, -1.959964, degrees)).isCloseTo(low, within(5e-4 * low + 1e-6));
        assertThat(ChiSquare.quantile(0.975, 1.959964, degrees)).isCloseTo(high, within(1e-4 * high));
    }

    @Test
    void quantilesWhereTheFormulaChanges_goOnWithoutAStep() {
        double before = ChiSquare.quantile(0.025, -1.959963984540054, 999.9);
        double after = ChiSquare.quantile(0.025, -1.959963984540054, 1_000.1);

        assertThat(after - before).isCloseTo(0.2 * 0.96, within(0.02));
    }

    @Test
    void oneEstimate_hasTheExactInterval() {
        CapacityInterval interval = CapacityInterval.around(10, 100.0 / 30);

        assertThat(interval.rounds()).isCloseTo(30, within(1e-9));
        assertThat(interval.lowTib()).isCloseTo(10 * 40.4817 / 60, within(1e-3));
        assertThat(interval.highTib()).isCloseTo(10 * 83.2977 / 60, within(1e-3));
    }

    @Test
    void manyEstimates_areMoreCertainThanOne() {
        CapacityInterval one = CapacityInterval.around(100, 100.0 * 100 / 30);
        CapacityInterval ten = CapacityInterval.around(100, 10 * (10.0 * 10 / 30));

        assertThat(ten.highTib() - ten.lowTib()).isLessThan((one.highTib() - one.lowTib()) / 2.5);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "NaN, 1", "Infinity, Infinity", "5, 0"})
    void nothingToGoBy_isUnknown(double tib, double squares) {
        assertThat(CapacityInterval.around(tib, squares)).isEqualTo(CapacityInterval.UNKNOWN);
    }

    /** A farm of three machines of known size, estimated repeatedly from random best qualities. */
    @Test
    void trueCapacity_liesWithinTheIntervalAsOftenAsItSays() {
        RandomGenerator random = new SplittableRandom(42);
        double[] truth = {3, 10, 25};
        int runs = 4_000;
        int within = 0;
        for (int run = 0; run < runs; run++) {
            double sum = 0;
            double squares = 0;
            for (double tib : truth) {
                int blocks = 30;
                double bests = 0;
                for (int i = 0; i < blocks; i++) {
                    bests += -Math.log1p(-random.nextDouble()) * MEAN_OF_ONE_TIB / tib;
                }
                double estimate = Capacity.tib(bests, blocks);
                sum += estimate;
                squares += estimate * estimate / blocks;
            }
            CapacityInterval interval = CapacityInterval.around(sum, squares);
            within += interval.lowTib() <= 38 && 38 <= interval.highTib() ? 1 : 0;
        }

        assertThat(within / (double) runs).isBetween(0.935, 0.965);
    }
}
