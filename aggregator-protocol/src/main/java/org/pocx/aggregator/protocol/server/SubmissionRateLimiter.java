package org.pocx.aggregator.protocol.server;

import org.pocx.aggregator.core.mining.MinerId;

/** Drops submissions beyond the rate limit of an address, and logs this. Thread-safe. */
final class SubmissionRateLimiter {
    private final TokenBuckets rate;
    private final RateLimitedLog log;

    SubmissionRateLimiter(TokenBuckets rate, RateLimitedLog log) {
        this.rate = rate;
        this.log = log;
    }

    boolean admit(MinerId miner) {
        if (rate.admit(miner.address())) {
            return true;
        }
        log.warn("A submission of " + miner.address() + " is dropped: the rate limit is exceeded");
        return false;
    }
}
