package org.pocx.aggregator.dashboard;

import org.pocx.aggregator.core.stats.Fate;

/** What the rules' states are called in JSON. */
final class Words {
    private Words() {}

    static String of(Fate fate) {
        return switch (fate) {
            case REFUSED -> "refused";
            case FILTERED -> "filtered";
            case SUPERSEDED -> "superseded";
            case PENDING -> "pending";
            case CONFIRMED -> "confirmed";
            case REJECTED -> "rejected";
            case STALE -> "stale";
            case EXPIRED -> "expired";
        };
    }
}
