package org.pocx.aggregator.core.forward;

import java.time.Duration;

/**
 * How long an attempt may take before it is suspected to hang: a few times what answers usually take. Not thread-safe: the
 * {@link Dispatcher} owns it.
 */
final class AdaptiveTimeout {
    private static final long SHORTEST = Duration.ofMillis(200).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    private static final int TIMES_THE_USUAL = 4;

    /** After each time-out under a key, the next attempt may take four times as long. */
    private static final int DOUBLINGS = 2;

    private static final int MAX_TIMEOUTS = 8;

    /** Before the first answer: an upstream that takes a second for each may just be slow. */
    private long usualNanos = Duration.ofMillis(300).toNanos();

    private long answeredNanos;

    AdaptiveTimeout(long now) {
        answeredNanos = now;
    }

    /** An attempt was answered, and took that long. */
    void answered(long took, long now) {
        // up fast, down slowly: a time-out that is too short costs the upstream a nonce sent twice
        usualNanos += (took - usualNanos) / (took > usualNanos ? 2 : 8);
        answeredNanos = now;
    }

    /** For an attempt under a key without a time-out. */
    long nanos() {
        return Math.clamp(TIMES_THE_USUAL * usualNanos, SHORTEST, LONGEST);
    }

    /** For an attempt after so many time-outs in a row under its key; soon more than any upstream is given. */
    long nanos(int timeouts) {
        return nanos() << (DOUBLINGS * Math.min(timeouts, MAX_TIMEOUTS));
    }

    /** Whether nothing was answered for so long that attempts in flight may hang. */
    boolean isSilent(long now) {
        return now - answeredNanos >= nanos();
    }
}
