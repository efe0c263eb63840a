package org.pocx.aggregator.dashboard.alert;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.pocx.aggregator.dashboard.json.JsonWriter;

/**
 * A message for the operator of the farm.
 *
 * @param at when it happened, wall clock
 * @param text for people
 * @param details for programs: strings and numbers (u64 as BigInteger) by their names in JSON, in order
 */
record Alert(Kind kind, Instant at, String text, Map<String, Object> details) {

    /** The kinds of alerts. The names, in lower case, are used in JSON: never rename one. */
    enum Kind {
        MACHINE_SILENT,
        MACHINE_BACK,
        UPSTREAM_DOWN,
        UPSTREAM_BACK,
        UPSTREAM_SWITCHED,
        UPSTREAM_RETURNED,
        WALLET_LOCKED,
        NONCES_REJECTED,
        BAD_PLOT,
        STORE_DOWN,
        STORE_BACK,
        BLOCK_WON,
        BLOCK_ORPHANED,
        CAPACITY_DROPPED,
        CAPACITY_RESTORED,
        PLOTS_OVERLAP,
        /** Several alerts at once, counted by kind. */
        SUMMARY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Alert {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /**
     * The alert as the JSON object that is posted, in UTF-8. The text is in it twice: webhooks of Slack, Mattermost and
     * Telegram show "text", those of Discord "content".
     */
    byte[] json(String farm) {
        String words = AlertText.message(farm + ": " + text);
        return JsonWriter.render(out -> {
            out.text("event", kind.text());
            out.text("text", words);
            out.text("content", words);
            out.text("farm", farm);
            out.time("at", at);
            details.forEach((name, value) -> {
                if (value instanceof BigInteger u64) {
                    out.unsigned(name, u64.longValue());
                } else if (value instanceof Double number) {
                    out.finite(name, number);
                } else if (value instanceof Number number) {
                    out.number(name, number.longValue());
                } else {
                    out.text(name, value.toString());
                }
            });
        });
    }
}
