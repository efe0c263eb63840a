package org.pocx.aggregator.dashboard.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something to tell the farm's owner.
 *
 * @param at when it happened, wall clock
 * @param text for a human
 * @param details for a program: texts and whole numbers by their names in JSON, in order
 */
record Alert(Kind kind, Instant at, String text, Map<String, Object> details) {

    /** What there is to tell. The names, in lower case, stand in JSON: never rename one. */
    enum Kind {
        MACHINE_SILENT,
        MACHINE_BACK,
        UPSTREAM_DOWN,
        UPSTREAM_BACK,
        WALLET_LOCKED,
        NONCES_REJECTED,
        STORE_DOWN,
        STORE_BACK,
        /** Several at once, counted by kind. */
        SUMMARY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Alert {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
