package org.pocx.aggregator.simulator.chain;

/** What the chain does with a nonce that claims a better quality than it has. */
public enum ClaimPolicy {
    /** Rejects it: -26 "PoCX validation failed". */
    REJECT,
    /** Accepts it, and answers with its true quality. */
    ACCEPT_AT_TRUE_QUALITY
}
