package org.pocx.aggregator.statistics.blocks;

import java.time.Duration;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * A nonce that the upstream confirmed.
 *
 * @param machine id of its machine
 * @param rawQuality u64, as confirmed
 * @param pocTime u64 seconds
 * @param confirmedAt monotonic time, nanoseconds
 */
record ConfirmedNonce(String machine, long rawQuality, long pocTime, long confirmedAt) {
    /** Longer than any round, and far from an overflow. */
    private static final long NEVER = Duration.ofDays(10_000).toNanos();

    /**
     * How long after the begin of its round the nonce may forge a block: at its poc_time, or when the upstream gets it if
     * that is later.
     */
    long dueAfter(TimeRange begun, TimeRange ended) {
        long arrived = Math.min(confirmedAt, ended.latest()) - begun.latest();
        boolean never = pocTime < 0 || pocTime > NEVER / Duration.ofSeconds(1).toNanos();
        return Math.max(arrived, never ? NEVER : Duration.ofSeconds(pocTime).toNanos());
    }

    boolean isBetterThan(ConfirmedNonce other) {
        return Long.compareUnsigned(rawQuality, other.rawQuality) < 0;
    }

    WonBlock.Finder asFinder() {
        return new WonBlock.Finder(machine, rawQuality, pocTime);
    }
}
