package org.pocx.aggregator.statistics;

/**
 * The ratio of won blocks to those that the capacity let expect, with its confidence interval of 95 %.
 *
 * <p>Wins are rare and independent, so their number is Poisson distributed. For w wins its mean lies between q(0.025, 2w)
 * / 2 and q(0.975, 2w + 2) / 2, q being the quantile of chi-square (exact; Garwood 1936, "Fiducial limits for the Poisson
 * distribution"). Both are divided by the expected number. Luck that has 1 outside of its interval is not chance. The
 * error of the expected number itself, which follows from estimated capacities, is not part of the interval.
 *
 * @param won blocks won, without orphaned ones
 * @param expected expected number of wins, not negative
 * @param luck won / expected; {@link Double#NaN} if nothing is expected
 * @param low lower bound of the luck; NaN if nothing is expected
 * @param high upper bound of the luck; NaN if nothing is expected
 */
public record Luck(long won, double expected, double luck, double low, double high) {
    private static final double TAIL = 0.025;
    private static final double NORMAL_TAIL = 1.959963984540054;

    /**
     * {@return the luck of so many wins}
     *
     * @param won actual wins, not negative
     * @param expected expected wins, not negative
     */
    public static Luck of(long won, double expected) {
        if (!(expected > 0)) {
            return new Luck(won, expected, Double.NaN, Double.NaN, Double.NaN);
        }
        double low = won == 0 ? 0 : ChiSquare.quantile(TAIL, -NORMAL_TAIL, 2.0 * won) / 2;
        double high = ChiSquare.quantile(1 - TAIL, NORMAL_TAIL, 2.0 * won + 2) / 2;
        return new Luck(won, expected, won / expected, low / expected, high / expected);
    }
}
