package org.pocx.aggregator.protocol.client;

import java.time.Duration;

/** The moment by which a call must have ended, on the monotonic clock. */
record Deadline(long nanoTime) {
    static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    /** Nanoseconds that are left; zero or less when it has passed. */
    long remaining() {
        return nanoTime - System.nanoTime();
    }
}
