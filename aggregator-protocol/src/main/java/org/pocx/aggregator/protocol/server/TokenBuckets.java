package org.pocx.aggregator.protocol.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Limits the submissions of each address to an average rate, with a burst of up to one second's amount (token bucket).
 *
 * <p>Thread-safe: the monitor guards the table. It holds at most {@value #MAX_ADDRESSES} addresses; the one with the
 * oldest submission is removed first and then starts with a full bucket.
 */
final class TokenBuckets {
    static final int MAX_ADDRESSES = 10_000;

    private final IntSupplier perSecond;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private static final class Bucket {
        private double tokens;
        private long filledAt;

        Bucket(double tokens, long filledAt) {
            this.tokens = tokens;
            this.filledAt = filledAt;
        }
    }

    /**
     * @param perSecond read each time; 0 for no limit
     * @param nanoTime a monotonic clock
     */
    TokenBuckets(IntSupplier perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Whether the address may submit now. If true, the submission is counted. */
    boolean admit(String address) {
        int rate = perSecond.getAsInt();
        return rate == 0 || take(address, rate, nanoTime.getAsLong());
    }

    private synchronized boolean take(String address, int rate, long now) {
        Bucket bucket = buckets.computeIfAbsent(address, first -> new Bucket(rate, now));
        // Negative if the thread read the clock and then waited for the monitor while another request was counted.
        long passed = Math.max(0, now - bucket.filledAt);
        bucket.tokens = Math.min(rate, bucket.tokens + (double) passed * rate / TimeUnit.SECONDS.toNanos(1));
        bucket.filledAt += passed;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens--;
        return true;
    }

    synchronized int remembered() {
        return buckets.size();
    }
}
