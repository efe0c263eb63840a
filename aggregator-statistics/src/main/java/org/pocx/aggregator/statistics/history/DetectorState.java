package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Objects;

/**
 * What a detector of the statistics has to remember over a restart. A store keeps it as it is.
 *
 * @param kind the detector, a short word
 * @param subject the machine or the pair of machines that it is about; unique for the kind
 * @param at when this was written, wall clock; a store may delete it {@value #KEPT_DAYS} days later
 * @param text the state, one line, at most {@value #MAX_TEXT} characters
 */
public record DetectorState(String kind, String subject, Instant at, String text) {
    /** The maximum length of a text. */
    public static final int MAX_TEXT = 4_000;

    /** How long a state is kept that is not written again. */
    public static final int KEPT_DAYS = 30;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is too long
     */
    public DetectorState {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(at, "at");
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("the state of a detector has more than " + MAX_TEXT + " characters");
        }
    }
}
