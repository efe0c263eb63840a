package org.pocx.aggregator.core.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a nonce without a verdict is sent again. What the upstream asks for (Retry-After), credentials and stale answers
 * have rules of their own, which come first; and no nonce outlives its round.
 *
 * <p>Immutable and thread-safe; called without a lock, by the thread whose attempt ended. What it decides depends on its
 * arguments only, and its decision may not be needed. When it throws, that is logged and counts as {@link
 * Retry#atNextPoll}.
 *
 * <p>The contract test is {@code RetryPolicyContract} in the test jar of this module.
 */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * Decides after an attempt that ended without a verdict.
     *
     * @param attempts how many attempts in a row have ended without a verdict, at least 1, and any number in a long outage
     * @param random for jitter
     * @return what to do; never null
     */
    Retry after(int attempts, RandomGenerator random);

    /**
     * For pools: the delay doubles from attempt to attempt up to a maximum, give or take 10 % so that lanes which failed
     * together do not come back together.
     *
     * @param base before the second attempt, greater than zero
     * @param max the longest delay, at least {@code base}
     * @param maxAttempts attempts in a row before a nonce is given up; 0 for no limit
     * @return a policy without state
     * @throws IllegalArgumentException when a value is out of the ranges above
     */
    static RetryPolicy exponentialBackoff(Duration base, Duration max, int maxAttempts) {
        return new ExponentialBackoff(base, max, maxAttempts);
    }

    /** {@return for wallets: what failed is sent again once the node has answered the next poll} */
    static RetryPolicy atNextPoll() {
        return new RetryAtNextPoll();
    }

    /** What to do with the nonce. Immutable. */
    final class Retry {
        private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
        private static final Retry AT_NEXT_POLL = new Retry(null);
        private static final Retry NEVER = new Retry(null);

        private final @Nullable Duration delay;

        private Retry(@Nullable Duration delay) {
            this.delay = delay;
        }

        /**
         * Send it again after that time.
         *
         * @param delay zero or less for at once, when there is a slot; at most 292 years, the longest that can be timed
         * @return a decision with that delay
         * @throws IllegalArgumentException when it is longer than can be timed
         */
        public static Retry in(Duration delay) {
            if (Objects.requireNonNull(delay, "delay").compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the delay must be at most " + LONGEST + ", not " + delay);
            }
            return new Retry(delay);
        }

        /** {@return the decision to send it again when the upstream has answered the next poll of mining info} */
        public static Retry atNextPoll() {
            return AT_NEXT_POLL;
        }

        /** {@return the decision not to send it again: its runner-up has a turn} */
        public static Retry never() {
            return NEVER;
        }

        /** {@return true when it is not sent again} */
        public boolean isNever() {
            return equals(NEVER);
        }

        /** {@return the time until it is sent again; null when it waits for the next poll, or is not sent again} */
        public @Nullable Duration delay() {
            return delay;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (delay != null && other instanceof Retry retry && delay.equals(retry.delay));
        }

        @Override
        public int hashCode() {
            return Objects.hash(delay, isNever());
        }

        @Override
        public String toString() {
            if (isNever()) {
                return "never";
            }
            return delay == null ? "at the next poll" : "in " + delay;
        }
    }
}
