package org.pocx.aggregator.statistics;

import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;

/**
 * Counts nonces by state, with a consistent sum at any time. Thread-safe; guarded by its monitor: a nonce changes its
 * state in one step.
 */
final class FateTally {
    private long refused;
    private long filtered;
    private long superseded;
    private long pending;
    private long confirmed;
    private long rejected;
    private long stale;
    private long expired;
    private long confirmedWorse;
    private long takenOver;

    synchronized void move(FateChanged event) {
        if (event.before() != null) {
            count(event.before(), -1, event.isOverClaim());
        }
        count(event.after(), 1, event.isOverClaim());
    }

    private void count(Fate fate, int change, boolean overClaim) {
        switch (fate) {
            case REFUSED -> refused += change;
            case FILTERED -> filtered += change;
            case SUPERSEDED -> superseded += change;
            case PENDING -> pending += change;
            case CONFIRMED -> {
                confirmed += change;
                confirmedWorse += overClaim ? change : 0;
            }
            case TAKEN_OVER -> takenOver += change;
            case REJECTED -> rejected += change;
            case STALE -> stale += change;
            case EXPIRED -> expired += change;
        }
    }

    /** Adds a nonce that was confirmed or taken over before the restart. */
    synchronized void addAccepted(Fate fate, boolean overClaim) {
        count(fate, 1, overClaim);
    }

    /** Adds other counts. */
    synchronized void add(FateCounts other) {
        refused += other.refused();
        filtered += other.filtered();
        superseded += other.superseded();
        pending += other.pending();
        confirmed += other.confirmed();
        rejected += other.rejected();
        stale += other.stale();
        expired += other.expired();
        confirmedWorse += other.confirmedWorse();
        takenOver += other.takenOver();
    }

    synchronized FateCounts counts() {
        return new FateCounts(
                refused,
                filtered,
                superseded,
                pending,
                confirmed,
                rejected,
                stale,
                expired,
                confirmedWorse,
                takenOver);
    }
}
