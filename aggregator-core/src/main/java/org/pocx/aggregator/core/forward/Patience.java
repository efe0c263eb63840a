package org.pocx.aggregator.core.forward;

import java.time.Duration;

/**
 * How long an attempt may take before it is suspected to hang: a few times what answers usually take. Not thread-safe: the
 * {@link Dispatcher} guards it.
 */
final class Patience {
    private static final long SHORTEST = Duration.ofMillis(200).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    private static final int TIMES_THE_USUAL = 4;
    private static final int SMOOTHING = 8;

    /** Before the first answer: enough for a pool at the other end of the world. */
    private long usualNanos = Duration.ofMillis(125).toNanos();

    /** An answer took that long. */
    void answered(long nanos) {
        usualNanos += (nanos - usualNanos) / SMOOTHING;
    }

    long nanos() {
        return Math.clamp(TIMES_THE_USUAL * usualNanos, SHORTEST, LONGEST);
    }
}
