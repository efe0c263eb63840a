package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What happened within one minute.
 *
 * @param at its begin, wall clock; a whole minute
 * @param counts what came in, and what became of anything
 * @param latencies of the upstream's answers to nonces
 * @param capacityTib the farm's, by the end of it; {@link Double#NaN} where that is unknown
 * @param activeMachines by the end of it
 */
public record MinuteRecord(
        Instant at, WorkCounts counts, Latencies latencies, double capacityTib, int activeMachines) {

    /**
     * Takes a record of a whole minute.
     *
     * @throws IllegalArgumentException when the time is no whole minute
     */
    public MinuteRecord {
        if (!at.truncatedTo(ChronoUnit.MINUTES).equals(at)) {
            throw new IllegalArgumentException("not a whole minute: " + at);
        }
    }

    /**
     * {@return a record of that minute, in which nothing happened yet}
     *
     * @param within any moment of the minute, wall clock
     */
    public static MinuteRecord empty(Instant within) {
        return new MinuteRecord(
                within.truncatedTo(ChronoUnit.MINUTES), WorkCounts.NONE, Latencies.NONE, Double.NaN, 0);
    }
}
