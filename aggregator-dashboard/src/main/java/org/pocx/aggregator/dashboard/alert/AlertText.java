package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/** Formats data from outside as text for people: one line of limited length. */
final class AlertText {
    private static final int MAX_CHARS = 300;

    private AlertText() {}

    static String clean(String words) {
        String cut = words.length() > MAX_CHARS ? words.substring(0, MAX_CHARS) + "…" : words;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    static String of(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
