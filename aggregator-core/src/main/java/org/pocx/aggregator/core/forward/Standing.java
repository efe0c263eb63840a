package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.Nullable;

/** What one upstream decided about a candidate, and when it was sent there last. Belongs to the lock of the candidate's lane. */
final class Standing {
    private enum Decision {
        NONE,
        CONFIRMED,
        REJECTED
    }

    private final String upstream;
    private final @Nullable Standing next;
    private Decision decision = Decision.NONE;
    private long rawQuality;
    private long incarnation;

    /** @param next of another upstream, or null */
    Standing(String upstream, @Nullable Standing next) {
        this.upstream = upstream;
        this.next = next;
    }

    /** The id of the upstream. */
    String upstream() {
        return upstream;
    }

    @Nullable
    Standing next() {
        return next;
    }

    boolean isConfirmed() {
        return decision == Decision.CONFIRMED;
    }

    boolean isRejected() {
        return decision == Decision.REJECTED;
    }

    /** u64, at which the upstream confirmed it. */
    long rawQuality() {
        return rawQuality;
    }

    void confirm(long quality) {
        decision = Decision.CONFIRMED;
        rawQuality = quality;
    }

    void reject() {
        decision = Decision.REJECTED;
    }

    /** What was confirmed holds no longer. */
    void withdraw() {
        decision = Decision.NONE;
    }

    /** The incarnation of the upstream that it was sent to last; 0 for an earlier process, or if it was not. */
    long incarnation() {
        return incarnation;
    }

    void sentIn(long upstreamIncarnation) {
        incarnation = upstreamIncarnation;
    }
}
