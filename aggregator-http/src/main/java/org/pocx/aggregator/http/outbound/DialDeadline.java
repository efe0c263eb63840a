package org.pocx.aggregator.http.outbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The latest time at which a connection must be open, on the monotonic clock.
 *
 * @param limit the time that was allowed as a whole
 */
record DialDeadline(long nanoTime, Duration limit) {
    static DialDeadline in(Duration limit) {
        return new DialDeadline(System.nanoTime() + limit.toNanos(), limit);
    }

    long remainingNanos() {
        return nanoTime - System.nanoTime();
    }

    boolean isOver() {
        return remainingNanos() <= 0;
    }

    /** Returns the remaining time for a socket, for which 0 would be no limit: at least 1. */
    int remainingMillis() {
        return Math.clamp(TimeUnit.NANOSECONDS.toMillis(remainingNanos()), 1, Integer.MAX_VALUE);
    }
}
