package org.pocx.aggregator.statistics;

/**
 * Quantiles of the chi-square distribution.
 *
 * <p>An initial value by Wilson and Hilferty (1931: the cube root of chi-square over its degrees of freedom is nearly
 * normal), refined by Newton's method on the distribution function, which is the regularised incomplete gamma function
 * P(k/2, x/2) as its power series (Abramowitz and Stegun, 6.5.29). Above {@value #GUESS_IS_GOOD} degrees of freedom the
 * initial value is exact to five digits and is used as it is.
 */
final class ChiSquare {
    private static final double GUESS_IS_GOOD = 1_000;
    private static final int STEPS = 50;
    private static final double ENOUGH = 1e-12;
    private static final double LARGE = 10;

    private ChiSquare() {}

    /**
     * The value below which the given part of the distribution lies.
     *
     * @param normal the same quantile of the standard normal distribution
     * @param part 0 to 1, both excluded
     * @param degrees of freedom, greater than 0, not necessarily whole
     */
    static double quantile(double part, double normal, double degrees) {
        double spread = 2 / (9 * degrees);
        double root = 1 - spread + normal * Math.sqrt(spread);
        double guess = degrees * root * root * root;
        if (degrees > GUESS_IS_GOOD) {
            return guess;
        }
        double shape = degrees / 2;
        // With few degrees of freedom the initial value can be negative; then the first term of the series gives a
        // better one.
        double first = 2 * Math.exp((Math.log(part) + logGamma(shape + 1)) / shape);
        return refined(part, shape, guess > 0.01 * degrees ? guess : first);
    }

    private static double refined(double part, double shape, double start) {
        double x = start;
        for (int i = 0; i < STEPS; i++) {
            double step = (distribution(shape, x / 2) - part) / density(shape, x);
            double next = x - step > 0 ? x - step : x / 2;
            if (Math.abs(next - x) < ENOUGH * x) {
                return next;
            }
            x = next;
        }
        return x;
    }

    private static double density(double shape, double x) {
        return Math.exp((shape - 1) * Math.log(x / 2) - x / 2 - logGamma(shape)) / 2;
    }

    /** P(a, x) = x^a e^-x / Gamma(a + 1) * (1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...). */
    private static double distribution(double a, double x) {
        double term = 1;
        double sum = 1;
        for (double n = a + 1; term > sum * 1e-16; n++) {
            term *= x / n;
            sum += term;
        }
        return Math.exp(a * Math.log(x) - x - logGamma(a + 1)) * sum;
    }

    /** By Stirling's series; small arguments are increased by Gamma(z + 1) = z Gamma(z). */
    private static double logGamma(double value) {
        double z = value;
        double product = 1;
        while (z < LARGE) {
            product *= z;
            z++;
        }
        double square = z * z;
        double series = (1 / 12.0 - (1 / 360.0 - 1 / (1260.0 * square)) / square) / z;
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
    }
}
