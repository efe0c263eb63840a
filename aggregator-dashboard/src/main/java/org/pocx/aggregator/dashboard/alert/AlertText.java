package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/** Formats data from outside as text for people: one line of limited length. */
final class AlertText {
    private static final int MAX_CHARS = 300;

    /** Services refuse longer messages: Discord above 2,000 characters, Telegram above 4,096, ntfy above 4,096 bytes. */
    static final int MAX_MESSAGE_CHARS = 1_300;

    private AlertText() {}

    static String clean(String words) {
        String cut = words.length() > MAX_CHARS ? words.substring(0, MAX_CHARS) + "…" : words;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    }

    /** The text of a message, shortened if it is too long for a service. */
    static String message(String text) {
        if (text.length() <= MAX_MESSAGE_CHARS) {
            return text;
        }
        int end = MAX_MESSAGE_CHARS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    static String of(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
