package org.pocx.aggregator.simulator.chain;

/** What the chain does with a nonce that claims a better quality than it has. */
public enum ClaimPolicy {
    /** Refuses it: -26 "PoCX validation failed". */
    REJECT,
    /** Takes it for what it is, and answers with its own figure. */
    ACCEPT_AT_TRUE_QUALITY
}
