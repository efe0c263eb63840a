package org.pocx.aggregator.statistics;

/**
 * Calculates the confidence interval of the sum of the estimates of many machines. For one use.
 *
 * <p>An estimate by n blocks, E = 2^42 n / S (see {@link CapacityInterval}), is too large by n / (n - 1) on average, as
 * the mean of an inverse Gamma variable is. For one machine its interval takes that into account. In a sum, random
 * errors cancel out but this bias does not: with many machines, the sum of E would be outside its own interval. So the
 * interval is taken around the sum of E (n - 1) / n, whose relative variances are 1 / (n - 2), and is extended to
 * include the sum of E, which is the value that is shown, as in the reference. It contains the true value in at least
 * 95 % of all cases. Machines with fewer than three blocks have no such variance; if their part is not negligible, the
 * interval is unknown.
 */
final class CapacitySum {
    private static final int LEAST_BLOCKS = 3;
    private static final double NEGLIGIBLE = 0.05;

    private int estimates;
    private double shown;
    private double squaresByBlocks;
    private double unbiased;
    private double variance;
    private double tooYoung;

    /**
     * @param tib the estimate E
     * @param blocks the n of the estimate; with 0 it is ignored
     */
    void add(double tib, int blocks) {
        if (blocks == 0) {
            return;
        }
        estimates++;
        shown += tib;
        squaresByBlocks += tib * tib / blocks;
        if (blocks < LEAST_BLOCKS) {
            tooYoung += tib;
            return;
        }
        double corrected = tib * (blocks - 1) / blocks;
        unbiased += corrected;
        variance += corrected * corrected / (blocks - 2);
    }

    CapacityInterval interval() {
        if (estimates <= 1) {
            return CapacityInterval.around(shown, squaresByBlocks);
        }
        if (!(tooYoung <= NEGLIGIBLE * shown)) {
            return CapacityInterval.UNKNOWN;
        }
        CapacityInterval around = CapacityInterval.around(unbiased, variance);
        return new CapacityInterval(around.lowTib(), Math.max(around.highTib(), shown), around.rounds());
    }
}
