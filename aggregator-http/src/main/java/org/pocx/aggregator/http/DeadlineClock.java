package org.pocx.aggregator.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Deadlines on a monotonic clock. */
record DeadlineClock(LongSupplier nanoTime) {
    /** Later than any process lives, and still comparable with other times by subtraction. */
    private static final long FAR = Long.MAX_VALUE / 2;

    long now() {
        return nanoTime.getAsLong();
    }

    long in(Duration time) {
        return now() + time.toNanos();
    }

    long never() {
        return now() + FAR;
    }
}
