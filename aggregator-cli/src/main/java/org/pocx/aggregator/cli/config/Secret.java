package org.pocx.aggregator.cli.config;

/**
 * A text that must not appear in logs, in {@code check} or in statistics: its string form is a mask.
 *
 * @param reveal the text
 */
public record Secret(String reveal) {
    /** The text that is shown instead of a secret. */
    public static final String MASK = "********";

    @Override
    public String toString() {
        return MASK;
    }
}
