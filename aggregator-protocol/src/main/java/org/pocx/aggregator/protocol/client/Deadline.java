package org.pocx.aggregator.protocol.client;

import java.time.Duration;

/** The latest time at which a call must end, on the monotonic clock. */
record Deadline(long nanoTime) {
    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** Returns the remaining nanoseconds; zero or negative after the deadline. */
    long remainingNanos() {
        return nanoTime - System.nanoTime();
    }
}
