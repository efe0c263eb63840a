package org.pocx.aggregator.core.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * When a nonce without a verdict is sent again. What the upstream asks for (Retry-After), credentials and stale answers
 * have rules of their own, which come first; and no nonce outlives its round.
 *
 * <p>Immutable and thread-safe; called without a lock, by the thread whose attempt ended. What it decides depends on its
 * arguments only, and its decision may not be needed. When it throws, that is logged and counts as {@link
 * Retry.AtNextPoll}.
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

    /** What to do with the nonce. */
    sealed interface Retry {
        /**
         * Send it again after that time.
         *
         * @param delay zero or less for at once, when there is a slot; at most 292 years, the longest that can be timed
         */
        record In(Duration delay) implements Retry {
            private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

            /**
             * Checks the delay.
             *
             * @throws IllegalArgumentException when it is longer than can be timed
             */
            public In {
                Objects.requireNonNull(delay, "delay");
                if (delay.compareTo(LONGEST) > 0) {
                    throw new IllegalArgumentException("a delay of " + delay);
                }
            }
        }

        /** Send it again when the upstream has answered the next poll of mining info. */
        record AtNextPoll() implements Retry {}

        /** Do not send it again: its runner-up has a turn. */
        record Never() implements Retry {}
    }
}
