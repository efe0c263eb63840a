package org.pocx.aggregator.jdbc;

import org.pocx.aggregator.core.store.StoredFarm.StoredStanding.Decision;

/** The numbers that are stored for decisions of upstreams. */
final class DecisionCode {
    private DecisionCode() {}

    static int of(Decision decision) {
        return switch (decision) {
            case REJECTED -> 0;
            case CONFIRMED -> 1;
            case FILTERED -> 2;
        };
    }

    /** The inverse of {@link #of}. */
    static Decision decision(int code) {
        return switch (code) {
            case 0 -> Decision.REJECTED;
            case 1 -> Decision.CONFIRMED;
            default -> Decision.FILTERED;
        };
    }
}
