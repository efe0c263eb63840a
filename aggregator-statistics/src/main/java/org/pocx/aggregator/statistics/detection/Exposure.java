package org.pocx.aggregator.statistics.detection;

import java.util.Locale;

/**
 * A sum of observations, and the capacity that it measures. With censored observations the maximum likelihood estimate
 * of an exponential rate is the number of uncensored observations by the sum of all. Immutable.
 *
 * @param rounds all observations; not whole where old ones fade
 * @param found those of them that are not censored
 * @param sum of their exposures
 */
record Exposure(double rounds, double found, double sum) {
    static final Exposure NONE = new Exposure(0, 0, 0);

    Exposure plus(Observation observation) {
        return new Exposure(rounds + 1, found + (observation.censored() ? 0 : 1), sum + observation.exposure());
    }

    /** This sum, limited to that many rounds. */
    Exposure limited(double maxRounds) {
        if (rounds <= maxRounds) {
            return this;
        }
        double part = maxRounds / rounds;
        return new Exposure(maxRounds, found * part, sum * part);
    }

    /** TiB; {@link Double#NaN} if nothing was found, infinite if the sum is 0. */
    double tib() {
        return found == 0 ? Double.NaN : found / sum;
    }

    /** The standard error of the capacity, relative to it: 1 by the square root of what was found. */
    double relativeError() {
        return 1 / Math.sqrt(found);
    }

    /** As text without spaces, for the store. */
    String text() {
        return String.format(Locale.ROOT, "%s,%s,%s", rounds, found, sum);
    }

    /** Throws {@link IllegalArgumentException} if it is not of that form. */
    static Exposure of(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not an exposure: " + text);
        }
        return new Exposure(
                Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
    }
}
