package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When a nonce without a verdict is sent again. Immutable, thread-safe. */
@FunctionalInterface
public interface RetryPolicy {

    /**
     * @param attempts how many attempts in a row have ended without a verdict, at least 1
     * @param random for jitter
     */
    Retry after(int attempts, RandomGenerator random);

    /** What to do with the nonce. */
    sealed interface Retry {
        /** Send it again after that time. */
        record In(Duration delay) implements Retry {}

        /** Send it again when the upstream has answered the next poll of mining info. */
        record AtNextPoll() implements Retry {}

        /** Do not send it again: its runner-up has a turn. */
        record Never() implements Retry {}
    }
}
