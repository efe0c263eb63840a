package org.pocx.aggregator.statistics.detection;

import java.time.Instant;

/**
 * What one round tells about the capacity of a machine.
 *
 * @param begunAt when the round began, wall clock
 * @param exposure raw quality / 2^42, which is exponential with mean 1 / TiB: of the best nonce, or the limit below which
 *     there was none; finite, at least 0
 * @param censored whether there was no nonce below the limit
 */
record Observation(Instant begunAt, double exposure, boolean censored) {
    /** The mean raw quality of 1 TiB. */
    static final double GENESIS = 0x1p42;
}
