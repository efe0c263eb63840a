package org.pocx.aggregator.statistics.finding;

import java.time.Instant;
import java.util.Objects;

/**
 * A lasting loss of a machine's capacity.
 *
 * @param since when the first round began that belongs to it, wall clock; an estimate
 * @param baselineTib the expected capacity in TiB, greater than 0
 * @param measuredTib the capacity since then in TiB, at least 0; {@link Double#NaN} if no nonce was found since then
 * @param missing the part of the expected capacity that is missing: 0.5 or 0.25, whichever fits the measured capacity
 *     better
 * @param source where the expected capacity comes from
 */
public record CapacityDrop(
        Instant since, double baselineTib, double measuredTib, double missing, BaselineSource source) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public CapacityDrop {
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(source, "source");
        if (!(baselineTib > 0) || measuredTib < 0 || !(missing > 0 && missing < 1)) {
            throw new IllegalArgumentException("not a drop: " + baselineTib + ", " + measuredTib + ", " + missing);
        }
    }
}
