package org.pocx.aggregator.protocol.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Limits the submissions of each address to so many a second on average, a burst of a second's worth included.
 *
 * <p>Thread-safe: the monitor guards the table. It remembers {@value #MAX_ADDRESSES} addresses; an address that is
 * forgotten, because so many others came after its last submission, begins anew.
 */
final class SubmissionRate {
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
     * @param perSecond asked each time; 0 for no limit
     * @param nanoTime a monotonic clock
     */
    SubmissionRate(IntSupplier perSecond, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.nanoTime = nanoTime;
    }

    /** Whether the address may submit just now; counts as a submission if so. */
    boolean admit(String address) {
        int rate = perSecond.getAsInt();
        return rate == 0 || take(address, rate, nanoTime.getAsLong());
    }

    private synchronized boolean take(String address, int rate, long now) {
        Bucket bucket = buckets.computeIfAbsent(address, first -> new Bucket(rate, now));
        // Below 0 for who looked at the clock, had to wait for the monitor, and was overtaken by another request.
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
