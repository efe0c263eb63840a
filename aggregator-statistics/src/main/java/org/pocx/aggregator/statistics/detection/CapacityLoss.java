package org.pocx.aggregator.statistics.detection;

/**
 * The two losses of capacity that are tested for, each with the log-likelihood ratio of an observation and the threshold
 * of its sum.
 *
 * <p>The best raw quality X of a machine in a block is exponential with mean 2^42 / C, C being its capacity in TiB
 * (protocol, "Estimates"). With the baseline B (the expected capacity), z = X B / 2^42 is exponential with rate C / B: 1
 * while nothing is lost, and r when only the part r is left. The log-likelihood ratio of z is therefore
 *
 * <pre>ln(r e^(-r z) / e^(-z)) = ln r + (1 - r) z</pre>
 *
 * <p>A round in which the machine found nothing below the limit t of the upstream is a censored observation: only z >= t
 * is known, which has the probabilities e^(-t) and e^(-r t), and the ratio (1 - r) t.
 *
 * <p>The test is Page's one-sided CUSUM (Page 1954, "Continuous inspection schemes"): the sum of the ratios, never below
 * 0, reports a loss when it reaches the threshold h. For exponential observations the mean number of observations until
 * it does can be calculated exactly (Vardeman and Ray 1985, "Average run lengths for CUSUM schemes when observations are
 * exponentially distributed"); {@code CusumRunLengthTest} does so. Siegmund's approximation (1985, "Sequential Analysis",
 * chapter II.6) shows what it depends on: about e^h / |mean step| without a loss, and h / (mean step) with it. With the
 * thresholds here:
 *
 * <table>
 * <caption>Mean number of observations until a report</caption>
 * <tr><th>test</th><th>h</th><th>no loss</th><th>its loss</th></tr>
 * <tr><td>half</td><td>11</td><td>850,000</td><td>37</td></tr>
 * <tr><td>a quarter</td><td>9.5</td><td>530,000</td><td>196</td></tr>
 * </table>
 *
 * <p>Both together report a loss by chance once in about 330,000 observations of a machine.
 */
enum CapacityLoss {
    /** Half of the capacity is left. */
    HALF(0.5, 11, 8),
    /** Three quarters of the capacity are left. */
    QUARTER(0.75, 9.5, 7.5);

    /**
     * The highest z that counts. Larger ones are hardly ever chance (e^-10), but the mark of a round that was not scanned
     * as usual. With this limit no single round, nor two, can report a loss, and a report of a real loss is 2 % later.
     */
    static final double MAX_Z = 10;

    /** The threshold of {@link #ratioOfMore}. */
    static final double MORE_THRESHOLD = 8;

    private static final int STEPS = 50;
    private static final double ENOUGH = 1e-12;

    private final double left;
    private final double threshold;
    private final double restoredThreshold;

    CapacityLoss(double left, double threshold, double restoredThreshold) {
        this.left = left;
        this.threshold = threshold;
        this.restoredThreshold = restoredThreshold;
    }

    /** The part of the capacity that is left, r above. */
    double left() {
        return left;
    }

    /** The part of the capacity that is missing. */
    double missing() {
        return 1 - left;
    }

    /**
     * The log-likelihood ratio of an observation.
     *
     * @param z the observation in units of the baseline's mean, at least 0
     * @param censored whether only a lower limit is known
     */
    double ratio(double z, boolean censored) {
        double limited = (1 - left) * Math.min(z, MAX_Z);
        return censored ? limited : Math.log(left) + limited;
    }

    /**
     * The threshold for a baseline with that relative standard error; infinite when the baseline is too inaccurate for this
     * test.
     *
     * <p>If the baseline is too high by one standard error e, z has the rate c = 1 / (1 + e) although nothing is lost. The
     * probability of a report by chance is then not e^-h, but e^(-q h), where q is the positive root of E[exp(q ratio)] = 1
     * (Wald's identity):
     *
     * <pre>r^q c / (c - q (1 - r)) = 1</pre>
     *
     * <p>So h / q has the probability that h has with an exact baseline.
     */
    double threshold(double relativeError) {
        return relativeError == 0 ? threshold : threshold / root(1 / (1 + relativeError));
    }

    /**
     * The positive root q; 0 when there is none, because the sum would rise without a loss. The logarithm of the equation
     * is convex in q and positive at 1, so that Newton's method comes down to the root from there.
     */
    private double root(double rate) {
        double step = (1 - left) / rate;
        if (!(Math.log(left) + step < 0)) {
            return 0;
        }
        double q = 1;
        for (int i = 0; i < STEPS; i++) {
            double value = q * Math.log(left) - Math.log1p(-q * step);
            double next = q - value / (Math.log(left) + step / (1 - q * step));
            if (q - next < ENOUGH) {
                return next;
            }
            q = next;
        }
        return q;
    }

    /**
     * The log-likelihood ratio of half of the capacity against three quarters of it, for a loss of a quarter that may have
     * become one of half.
     *
     * @param z as above
     */
    static double ratioOfMore(double z, boolean censored) {
        return HALF.ratio(z, censored) - QUARTER.ratio(z, censored);
    }

    /** The threshold of the opposite test, which finds that the capacity is back. */
    double restoredThreshold() {
        return restoredThreshold;
    }

    /**
     * The loss of the two that is more likely.
     *
     * @param part the measured part of the baseline
     */
    static CapacityLoss nearest(double part) {
        // The likelihoods are equal where ln(0.5 / 0.75) + (0.75 - 0.5) / part = 0.
        double equal = (QUARTER.left - HALF.left) / Math.log(QUARTER.left / HALF.left);
        return part < equal ? HALF : QUARTER;
    }
}
