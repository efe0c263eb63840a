package org.pocx.aggregator.core.retry;

import java.util.random.RandomGenerator;

/** For wallets: no back-off of its own. What failed goes out again once the node has answered the next poll. */
record RetryAtNextPoll() implements RetryPolicy {
    @Override
    public Retry after(int attempts, RandomGenerator random) {
        return Retry.atNextPoll();
    }
}
