package org.pocx.aggregator.core;

/** What the upstream is, and so what it wants to be sent. */
public enum SubmissionMode {
    /** A pool (or another aggregator): the best nonce of each account, retried with exponential back-off. */
    POOL,
    /** A wallet's node: the best nonce overall; what fails goes out again after the next good poll. */
    WALLET
}
