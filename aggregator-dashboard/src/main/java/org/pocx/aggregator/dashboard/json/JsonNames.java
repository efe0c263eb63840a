package org.pocx.aggregator.dashboard.json;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.history.FarmEvent;

/** The names of states in JSON and in the labels of metrics, and the codes of errors. */
public final class JsonNames {
    private JsonNames() {}

    /** The name of a nonce's state. */
    public static String of(Fate fate) {
        return switch (fate) {
            case REFUSED -> "refused";
            case FILTERED -> "filtered";
            case SUPERSEDED -> "superseded";
            case PENDING -> "pending";
            case CONFIRMED -> "confirmed";
            case TAKEN_OVER -> "taken_over";
            case REJECTED -> "rejected";
            case STALE -> "stale";
            case EXPIRED -> "expired";
        };
    }

    /** The name of a nonce's outcome; pending if there is none. */
    public static String of(Verdict.@Nullable Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> "confirmed";
            case TAKEN_OVER -> "taken_over";
            case REJECTED -> "rejected";
            case ACCOUNT_REFUSED -> "account_refused";
            case STALE -> "stale";
            case EXPIRED -> "expired";
            case null -> "pending";
        };
    }

    /** The number that the upstream gave an error; 0 if there is none. */
    public static long code(UpstreamMessage message) {
        try {
            return Long.parseLong(message.reference());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** The name of an event, such as {@code new_round} or {@code upstream_down}. */
    public static String of(FarmEvent.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
