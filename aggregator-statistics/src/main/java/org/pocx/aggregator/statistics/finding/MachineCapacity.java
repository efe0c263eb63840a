package org.pocx.aggregator.statistics.finding;

import java.util.Optional;

/**
 * The expected and the measured capacity of a machine.
 *
 * @param expectedTib what is expected, in TiB: as configured, else the average of its own rounds once there are enough of
 *     them; {@link Double#NaN} before that
 * @param source where the expected capacity comes from, also while it is not known yet
 * @param learnedRounds the number of rounds in the average, at least 0; not more than {@value #MAX_LEARNED}
 * @param measuredTib the capacity over about the last 120 rounds in which the machine was seen throughout, in TiB; {@link
 *     Double#NaN} if there was none
 * @param measuredRounds the number of rounds with a nonce that this is measured from; determines its accuracy
 * @param drop the loss that was reported and is not over
 */
public record MachineCapacity(
        double expectedTib,
        BaselineSource source,
        long learnedRounds,
        double measuredTib,
        double measuredRounds,
        Optional<CapacityDrop> drop) {
    /** Older rounds fade from the average. */
    public static final int MAX_LEARNED = 10_000;
}
