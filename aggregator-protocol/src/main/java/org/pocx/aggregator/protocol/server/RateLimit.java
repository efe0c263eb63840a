package org.pocx.aggregator.protocol.server;

import org.pocx.aggregator.core.mining.MinerId;

/** Drops what a machine submits beyond its rate, and says so now and then. Thread-safe. */
final class RateLimit {
    private final SubmissionRate rate;
    private final SeldomLog log;

    RateLimit(SubmissionRate rate, SeldomLog log) {
        this.rate = rate;
        this.log = log;
    }

    boolean admit(MinerId miner) {
        if (rate.admit(miner.address())) {
            return true;
        }
        log.warn("A submission of " + miner.address() + " is dropped, for it sends more a second than it may");
        return false;
    }
}
