package org.pocx.aggregator.core.stats;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;

/** Counts of fates that add up at every moment. Thread-safe, by its monitor: a nonce moves in one step. */
final class FateTally {
    private long refused;
    private long filtered;
    private long superseded;
    private long pending;
    private long confirmed;
    private long rejected;
    private long stale;
    private long expired;

    synchronized void move(@Nullable Fate before, Fate after) {
        if (before != null) {
            count(before, -1);
        }
        count(after, 1);
    }

    private void count(Fate fate, int change) {
        switch (fate) {
            case REFUSED -> refused += change;
            case FILTERED -> filtered += change;
            case SUPERSEDED -> superseded += change;
            case PENDING -> pending += change;
            case CONFIRMED -> confirmed += change;
            case REJECTED -> rejected += change;
            case STALE -> stale += change;
            case EXPIRED -> expired += change;
        }
    }

    /** Takes over what another one counted. */
    synchronized void add(FateCounts other) {
        refused += other.refused();
        filtered += other.filtered();
        superseded += other.superseded();
        pending += other.pending();
        confirmed += other.confirmed();
        rejected += other.rejected();
        stale += other.stale();
        expired += other.expired();
    }

    synchronized FateCounts counts() {
        return new FateCounts(refused, filtered, superseded, pending, confirmed, rejected, stale, expired);
    }
}
