package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * The capacity of a machine in one hour, for charts of a week.
 *
 * @param machine its id
 * @param hour when the hour began, wall clock; a whole hour
 * @param rounds the number of rounds that it is measured from, at least 1
 * @param found the number of these rounds in which the machine had a nonce, at least 0
 * @param tib the capacity in TiB; 0 if no nonce was found; infinite if all raw qualities were 0
 */
public record CapacityHour(String machine, Instant hour, int rounds, int found, double tib) {
    private static final int SECONDS = 3_600;

    /** How long hours are kept. */
    public static final int KEPT_DAYS = 8;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the time is not a whole hour, or a number is out of its range
     */
    public CapacityHour {
        if (hour.getEpochSecond() % SECONDS != 0 || hour.getNano() != 0) {
            throw new IllegalArgumentException("not a whole hour: " + hour);
        }
        if (rounds < 1 || found < 0 || found > rounds || !(tib >= 0)) {
            throw new IllegalArgumentException("not a capacity: " + rounds + ", " + found + ", " + tib);
        }
    }
}
