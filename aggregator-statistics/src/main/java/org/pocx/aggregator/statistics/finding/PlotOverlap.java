package org.pocx.aggregator.statistics.finding;

import java.time.Instant;
import java.util.Objects;

/**
 * Two machines that mine the same plot files.
 *
 * @param machineA the machine whose id comes first in the alphabet
 * @param machineB the other one
 * @param since when the first equal nonce was sent, wall clock
 * @param lastAt when the last equal nonce was sent, wall clock
 * @param nonces how many equal nonces were sent, at least 1
 * @param rounds in how many rounds, at least 1
 */
public record PlotOverlap(
        String machineA, String machineB, Instant since, Instant lastAt, long nonces, long rounds) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a count is less than 1, or if it is twice the same machine
     */
    public PlotOverlap {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(lastAt, "lastAt");
        if (machineA.equals(machineB) || nonces < 1 || rounds < 1) {
            throw new IllegalArgumentException("not an overlap: " + machineA + ", " + machineB);
        }
    }
}
