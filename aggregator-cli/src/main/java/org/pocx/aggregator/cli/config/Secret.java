package org.pocx.aggregator.cli.config;

/**
 * A text that must reach no log, no {@code check} and no statistics: printing the object shows a mask.
 *
 * @param reveal the secret itself
 */
public record Secret(String reveal) {
    /** What is shown instead of a secret. */
    public static final String MASK = "********";

    @Override
    public String toString() {
        return MASK;
    }
}
