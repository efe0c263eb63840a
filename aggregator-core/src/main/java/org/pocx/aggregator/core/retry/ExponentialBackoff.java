package org.pocx.aggregator.core.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * For pools: the delay doubles from attempt to attempt up to a maximum, give or take 10 % so that lanes which failed
 * together do not come back together.
 *
 * @param base before the second attempt, greater than zero
 * @param max the longest delay, at least {@code base}
 * @param maxAttempts attempts in a row before a nonce is given up; 0 for no limit
 */
record ExponentialBackoff(Duration base, Duration max, int maxAttempts) implements RetryPolicy {
    private static final double JITTER = 0.1;
    private static final int MAX_DOUBLINGS = 40;

    /**
     * Takes delays that can be doubled from the first to the last.
     *
     * @throws IllegalArgumentException when a value is out of the ranges above
     */
    public ExponentialBackoff {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(max, "max");
        if (!base.isPositive() || max.compareTo(base) < 0) {
            throw new IllegalArgumentException("the back-off needs 0 < base <= max, not " + base + " and " + max);
        }
        if (maxAttempts < 0) {
            throw new IllegalArgumentException("max attempts must be 0 (no limit) or more, not " + maxAttempts);
        }
    }

    @Override
    public Retry after(int attempts, RandomGenerator random) {
        if (maxAttempts > 0 && attempts >= maxAttempts) {
            return Retry.never();
        }
        double factor = Math.pow(2, Math.min(attempts - 1, MAX_DOUBLINGS));
        double nanos = Math.min(base.toNanos() * factor, (double) max.toNanos());
        double jitter = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Retry.in(Duration.ofNanos((long) (nanos * jitter)));
    }
}
