package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.SubmissionReceipt;

/** The answer to a sender that waits for the verdict on its nonce, such as another aggregator. */
public sealed interface VerdictAnswer {

    /**
     * The upstream confirmed the nonce.
     *
     * @param receipt for the confirmed quality: the claim, or the upstream's own figure where that is worse
     */
    record Confirmed(SubmissionReceipt receipt) implements VerdictAnswer {}

    /**
     * The upstream does not need the nonce: at least as good ones of its round and key are confirmed, or the filter of this
     * aggregator accepts no such nonces.
     *
     * @param receipt for the claimed quality
     */
    record Filtered(SubmissionReceipt receipt) implements VerdictAnswer {}

    /**
     * The nonce was rejected.
     *
     * @param message the upstream's error message, or the aggregator's own without a reference
     */
    record Rejected(UpstreamMessage message) implements VerdictAnswer {}

    /**
     * The upstream accepts no nonce of this account now. The best ones of the account are kept, and sent when that has changed.
     *
     * @param message the upstream's error message
     */
    record AccountRefused(UpstreamMessage message) implements VerdictAnswer {}

    /** The upstream is at another block, or the round is over. */
    record Stale() implements VerdictAnswer {}

    /** There is no verdict yet. The nonce is kept and forwarded; sent again, it waits again. */
    record Held() implements VerdictAnswer {}
}
