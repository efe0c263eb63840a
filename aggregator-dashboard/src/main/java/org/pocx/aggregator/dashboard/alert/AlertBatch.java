package org.pocx.aggregator.dashboard.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Alerts that are sent together.
 *
 * @param alerts the first alerts, in their order; not more than {@link AlertQueue#CAPACITY}
 * @param counts the number of all alerts, by kind
 */
record AlertBatch(List<Alert> alerts, Map<Alert.Kind, Long> counts) {
    private static final int TEXTS = 5;

    long size() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The messages to send: the alerts themselves if they are complete and not more than allowed, otherwise one summary. */
    List<Alert> messages(int allowed, Instant now) {
        boolean complete = size() == alerts.size();
        return complete && size() <= allowed ? alerts : List.of(summary(now));
    }

    private Alert summary(Instant now) {
        StringJoiner kinds = new StringJoiner(", ", size() + " alerts at once: ", ".");
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("count", size());
        counts.forEach((kind, count) -> {
            kinds.add(kind.text().replace('_', ' ') + " " + count);
            details.put(kind.text(), count);
        });
        StringJoiner text = new StringJoiner(" ").add(kinds.toString());
        alerts.stream().limit(TEXTS).forEach(alert -> text.add(alert.text()));
        if (size() > TEXTS) {
            text.add("…");
        }
        return new Alert(Alert.Kind.SUMMARY, now, text.toString(), details);
    }
}
