package org.pocx.aggregator.dashboard.alert;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.pocx.aggregator.dashboard.alert.AlertQueue.Batch;

/** Makes one message of many alerts. */
final class Digest {
    private static final int TEXTS = 5;

    private Digest() {}

    /** The batch as it is while so many messages may go out, else as one that tells how many of each kind there were. */
    static List<Alert> of(Batch batch, int messages, Instant now) {
        boolean complete = batch.size() == batch.alerts().size();
        return complete && batch.size() <= messages ? batch.alerts() : List.of(summary(batch, now));
    }

    private static Alert summary(Batch batch, Instant now) {
        StringJoiner words = new StringJoiner(", ", batch.size() + " alerts at once: ", ".");
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("count", batch.size());
        batch.counts().forEach((kind, count) -> {
            words.add(kind.text().replace('_', ' ') + " " + count);
            details.put(kind.text(), count);
        });
        StringJoiner text = new StringJoiner(" ").add(words.toString());
        batch.alerts().stream().limit(TEXTS).forEach(alert -> text.add(alert.text()));
        if (batch.size() > TEXTS) {
            text.add("…");
        }
        return new Alert(Alert.Kind.SUMMARY, now, text.toString(), details);
    }
}
