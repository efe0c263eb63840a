package org.pocx.aggregator.core.event;

/**
 * Where a received nonce stands. At every moment each nonce that was received is in exactly one of these states, so
 * that their counts add up to what was received.
 */
public enum Fate {
    /** Answered with an error: its round is unknown or it does not match its round. */
    REFUSED,
    /** Taken and not sent: a better one of its round and key is confirmed, queued or in flight. A runner-up counts here. */
    FILTERED,
    /** It was to be sent, and a better one took its place. It may be promoted again. */
    SUPERSEDED,
    /** Queued, in flight, or waiting to be tried again. */
    PENDING,
    /** Accepted by the upstream. */
    CONFIRMED,
    /** The upstream gave a receipt for it, and does not report verdicts. The rules treat it as confirmed. */
    TAKEN_OVER,
    /** Rejected by the upstream for good. */
    REJECTED,
    /** The upstream is at another block. It waits with its round, and is sent again if that revives. */
    STALE,
    /** Its round left the last 3 (or its attempts were used up) before a verdict. */
    EXPIRED;

    /** {@return whether an upstream took the nonce: it is confirmed or taken over} */
    public boolean isAccepted() {
        return this == CONFIRMED || this == TAKEN_OVER;
    }
}
