package org.pocx.aggregator.dashboard.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.history.FarmEvent;

/** What the rules' states are called in JSON. */
public final class Words {
    private Words() {}

    /** Where a nonce stands. */
    public static String of(Fate fate) {
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

    /** How a nonce ended; without an end it is pending. */
    public static String of(Verdict.@Nullable Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> "confirmed";
            case REJECTED -> "rejected";
            case ACCOUNT_REFUSED -> "account_refused";
            case STALE -> "stale";
            case EXPIRED -> "expired";
            case null -> "pending";
        };
    }

    /** What happened: {@code new_round}, {@code upstream_down} and so on. */
    public static String of(FarmEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
