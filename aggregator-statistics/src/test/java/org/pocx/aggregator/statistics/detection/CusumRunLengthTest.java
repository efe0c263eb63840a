package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The mean number of observations until the sum of a test reaches its threshold, calculated from the transition
 * probabilities of the sum (Brook and Evans 1972, "An approach to the probability distribution of CUSUM run length").
 */
class CusumRunLengthTest {
    private static final int STATES = 300;

    /** @param rate the capacity by the baseline */
    private static double meanRunLength(CapacityLoss loss, double threshold, double rate) {
        double width = threshold / STATES;
        double[][] equations = new double[STATES + 1][STATES + 2];
        for (int from = 0; from <= STATES; from++) {
            double sum = from == 0 ? 0 : (from - 0.5) * width;
            double below = 0;
            for (int to = 0; to <= STATES; to++) {
                double upTo = probabilityOfStep(loss, to * width - sum, rate);
                equations[from][to] = (from == to ? 1 : 0) - (upTo - below);
                below = upTo;
            }
            equations[from][STATES + 1] = 1;
        }
        return solve(equations)[0];
    }

    /** The probability that the step is at most that. */
    private static double probabilityOfStep(CapacityLoss loss, double step, double rate) {
        double z = (step - Math.log(loss.left())) / (1 - loss.left());
        if (z >= CapacityLoss.MAX_Z) {
            return 1;
        }
        return z <= 0 ? 0 : -Math.expm1(-rate * z);
    }

    /** Gaussian elimination; the matrix is diagonally dominant. */
    private static double[] solve(double[][] rows) {
        int n = rows.length;
        for (int pivot = 0; pivot < n; pivot++) {
            for (int row = pivot + 1; row < n; row++) {
                double factor = rows[row][pivot] / rows[pivot][pivot];
                if (factor != 0) {
                    for (int column = pivot; column <= n; column++) {
                        rows[row][column] -= factor * rows[pivot][column];
                    }
                }
            }
        }
        double[] found = new double[n];
        for (int row = n - 1; row >= 0; row--) {
            double sum = rows[row][n];
            for (int column = row + 1; column < n; column++) {
                sum -= rows[row][column] * found[column];
            }
            found[row] = sum / rows[row][row];
        }
        return found;
    }

    @Test
    void withoutALoss_bothTestsTogetherReportOneInMoreThan250000Observations() {
        double half = meanRunLength(CapacityLoss.HALF, CapacityLoss.HALF.threshold(0), 1);
        double quarter = meanRunLength(CapacityLoss.QUARTER, CapacityLoss.QUARTER.threshold(0), 1);

        assertThat(half).isBetween(750_000.0, 950_000.0);
        assertThat(quarter).isBetween(450_000.0, 600_000.0);
        assertThat(1 / (1 / half + 1 / quarter)).isGreaterThan(250_000);
    }

    @Test
    void lossOfHalf_isReportedWithin50Observations() {
        assertThat(meanRunLength(CapacityLoss.HALF, CapacityLoss.HALF.threshold(0), 0.5)).isBetween(30.0, 42.0);
    }

    @Test
    void lossOfAQuarter_isReportedWithin250Observations() {
        assertThat(meanRunLength(CapacityLoss.QUARTER, CapacityLoss.QUARTER.threshold(0), 0.75))
                .isBetween(170.0, 215.0);
    }

    @ParameterizedTest
    @CsvSource({"HALF, 300", "HALF, 2000", "QUARTER, 2000", "QUARTER, 10000"})
    void baselineThatIsOneStandardErrorTooHigh_reportsHardlyMoreOften(CapacityLoss loss, double learned) {
        double error = 1 / Math.sqrt(learned);

        double tooHigh = meanRunLength(loss, loss.threshold(error), 1 / (1 + error));

        assertThat(tooHigh).isGreaterThan(0.5 * meanRunLength(loss, loss.threshold(0), 1));
    }

    @Test
    void raisedThreshold_isThatOfWaldsIdentity() {
        double rate = 1 / 1.1;
        double q = CapacityLoss.HALF.threshold(0) / CapacityLoss.HALF.threshold(0.1);

        assertThat(Math.pow(0.5, q) * rate / (rate - q * 0.5)).isCloseTo(1, within(1e-9));
        assertThat(q).isBetween(0.1, 0.99);
    }

    @Test
    void baselineThatIsTooInaccurate_isNeverReported() {
        assertThat(CapacityLoss.QUARTER.threshold(0.2)).isInfinite();
        assertThat(CapacityLoss.HALF.threshold(Double.POSITIVE_INFINITY)).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"0, HALF", "0.5, HALF", "0.61, HALF", "0.63, QUARTER", "0.75, QUARTER", "0.9, QUARTER"})
    void measuredPart_isOfTheLikelierLoss(double part, CapacityLoss expected) {
        assertThat(CapacityLoss.nearest(part)).isEqualTo(expected);
    }

    @Test
    void singleRound_neverReportsALoss() {
        for (CapacityLoss loss : CapacityLoss.values()) {
            assertThat(2 * loss.ratio(1e9, false)).isLessThan(loss.threshold(0));
            assertThat(loss.ratio(1e9, true)).isLessThan(loss.threshold(0));
        }
    }
}
