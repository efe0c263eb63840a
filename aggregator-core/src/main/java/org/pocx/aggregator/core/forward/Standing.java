package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding.Decision;

/** What one upstream decided about a candidate, and when it was sent there last. Belongs to the lock of the candidate's lane. */
final class Standing {
    private final String upstream;
    private final @Nullable Standing next;
    private @Nullable Decision decision;
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

    /** Null if it decided nothing. */
    @Nullable
    Decision decision() {
        return decision;
    }

    boolean isConfirmed() {
        return decision == Decision.CONFIRMED;
    }

    /** Whether the upstream has one that is at least as good. */
    boolean isFiltered() {
        return decision == Decision.FILTERED;
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

    void filter() {
        decision = Decision.FILTERED;
    }

    /** What an earlier process stored. */
    void restore(StoredStanding stored) {
        decision = stored.decision();
        rawQuality = stored.rawQuality();
    }

    void reject() {
        decision = Decision.REJECTED;
    }

    /** What was confirmed holds no longer. */
    void withdraw() {
        decision = null;
    }

    /** The incarnation of the upstream that it was sent to last; 0 for an earlier process, or if it was not. */
    long incarnation() {
        return incarnation;
    }

    void sentIn(long upstreamIncarnation) {
        incarnation = upstreamIncarnation;
    }
}
