package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/**
 * How many messages may go out now: so many an hour, and of those that were not used some at once. Not thread-safe: the
 * sender's thread owns it.
 */
final class Budget {
    /** What may go out at once after an hour of quiet. */
    static final int MAX_BURST = 10;

    private final long nanosEach;
    private final int burst;
    private long fullAt;

    /** @param nanos now, on a monotonic clock */
    Budget(int maxPerHour, long nanos) {
        this.nanosEach = Duration.ofHours(1).toNanos() / maxPerHour;
        this.burst = Math.min(MAX_BURST, maxPerHour);
        this.fullAt = nanos;
    }

    /** Messages that may go out now. */
    int available(long nanos) {
        long owed = Math.max(0, fullAt - nanos);
        return (int) Math.max(0, burst - (owed + nanosEach - 1) / nanosEach);
    }

    /** Nanoseconds until one may go out; 0 when it may now. */
    long untilOne(long nanos) {
        long owed = Math.max(0, fullAt - nanos);
        return Math.max(0, owed - (burst - 1) * nanosEach);
    }

    void spend(long nanos) {
        fullAt = (fullAt - nanos > 0 ? fullAt : nanos) + nanosEach;
    }
}
