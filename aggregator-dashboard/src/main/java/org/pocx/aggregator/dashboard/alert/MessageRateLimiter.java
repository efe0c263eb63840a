package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/**
 * Limits the messages per hour, with a burst of up to {@value #MAX_BURST} after a quiet period. Not thread-safe; used
 * only by the sender's thread.
 */
final class MessageRateLimiter {
    /** The largest burst. */
    static final int MAX_BURST = 10;

    private final long nanosEach;
    private final int burst;
    private long fullAt;

    /** @param nanos the current time of a monotonic clock */
    MessageRateLimiter(int maxPerHour, long nanos) {
        this.nanosEach = Duration.ofHours(1).toNanos() / maxPerHour;
        this.burst = Math.min(MAX_BURST, maxPerHour);
        this.fullAt = nanos;
    }

    /** The number of messages that may be sent now. */
    int available(long nanos) {
        long owed = Math.max(0, fullAt - nanos);
        return (int) Math.max(0, burst - (owed + nanosEach - 1) / nanosEach);
    }

    /** Nanoseconds until a message may be sent; 0 if it may be sent now. */
    long untilOne(long nanos) {
        long owed = Math.max(0, fullAt - nanos);
        return Math.max(0, owed - (burst - 1) * nanosEach);
    }

    void spend(long nanos) {
        fullAt = (fullAt - nanos > 0 ? fullAt : nanos) + nanosEach;
    }
}
