package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The record of one minute.
 *
 * @param at its start, wall clock; a whole minute
 * @param counts the nonces that were received, and the outcomes of any nonces in this minute
 * @param latencies the times of the upstream's answers to nonces
 * @param capacityTib the farm's capacity at the end of the minute; {@link Double#NaN} if unknown
 * @param activeMachines the number of active machines at the end
 */
public record MinuteRecord(
        Instant at, WorkCounts counts, Latencies latencies, double capacityTib, int activeMachines) {

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if the time is not a whole minute
     */
    public MinuteRecord {
        if (!at.truncatedTo(ChronoUnit.MINUTES).equals(at)) {
            throw new IllegalArgumentException("not a whole minute: " + at);
        }
    }

    /**
     * {@return an empty record of a minute}
     *
     * @param within any time in the minute, wall clock
     */
    public static MinuteRecord empty(Instant within) {
        return new MinuteRecord(
                within.truncatedTo(ChronoUnit.MINUTES), WorkCounts.NONE, Latencies.NONE, Double.NaN, 0);
    }
}
