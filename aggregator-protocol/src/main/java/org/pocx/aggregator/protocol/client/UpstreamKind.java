package org.pocx.aggregator.protocol.client;

/** What a success of an upstream means. */
public enum UpstreamKind {
    /** The upstream accepted the nonce. */
    DIRECT,
    /** The upstream took the nonce over, and does not report its verdict: another aggregator that answers before it has one. */
    RECEIPTS
}
