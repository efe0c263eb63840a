package org.pocx.aggregator.statistics;

/**
 * The confidence interval (95 %) of an estimated capacity.
 *
 * <p>The best raw quality of a block is distributed exponentially with a mean of 2^42 / C (see {@link Capacity}). So
 * over n blocks the sum S is Gamma distributed, 2 S C / 2^42 follows chi-square with 2n degrees of freedom, and with
 * the estimate E = 2^42 n / S the capacity lies between E * q(0.025, 2n) / 2n and E * q(0.975, 2n) / 2n, q being the
 * quantile. (The interval for the rate of an exponential distribution; Johnson, Kotz and Balakrishnan, "Continuous
 * Univariate Distributions", volume 1, chapter 19.) For one estimate this is exact.
 *
 * <p>For a sum of independent estimates, each of its own n, the same interval is taken with the n that an estimate of
 * the same relative variance would have: (sum of E)^2 / (sum of E^2 / n), after Satterthwaite (1946, "An approximate
 * distribution of estimates of variance components").
 *
 * @param lowTib TiB
 * @param highTib TiB
 * @param rounds the n above; 0 if nothing is known, and then both bounds are {@link Double#NaN}
 */
public record CapacityInterval(double lowTib, double highTib, double rounds) {
    private static final double TAIL = 0.025;
    private static final double NORMAL_TAIL = 1.959963984540054;

    /** The interval if nothing is known. */
    public static final CapacityInterval UNKNOWN = new CapacityInterval(Double.NaN, Double.NaN, 0);

    /**
     * The interval around an estimate.
     *
     * @param tib the estimate, or the sum of several
     * @param squaresByRounds the sum of their squares, each divided by its number of blocks
     * @return the interval; {@link #UNKNOWN} if the estimate is 0 or infinite
     */
    public static CapacityInterval around(double tib, double squaresByRounds) {
        double rounds = tib * tib / squaresByRounds;
        if (!(tib > 0) || !Double.isFinite(rounds)) {
            return UNKNOWN;
        }
        double degrees = 2 * rounds;
        return new CapacityInterval(
                tib * ChiSquare.quantile(TAIL, -NORMAL_TAIL, degrees) / degrees,
                tib * ChiSquare.quantile(1 - TAIL, NORMAL_TAIL, degrees) / degrees,
                rounds);
    }
}
