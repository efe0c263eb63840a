package org.pocx.aggregator.cli.log;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tinylog.core.LogEntry;

/** Keeps an event on one line, whoever tells it: nothing in a message may look like another line of the log. */
final class OneLine {
    private static final int MAX_CHARS = 8_000;
    private static final Pattern BREAK =
            Pattern.compile("[\\r\\n\\u0085\\u2028\\u2029][\\s\\u0085\\u2028\\u2029]*|\\t");

    private OneLine() {}

    /** The entry with its message on one line. Its exception is for {@link OneLineThrowableFilter}. */
    static LogEntry of(LogEntry entry) {
        return new LogEntry(
                entry.getTimestamp(),
                entry.getThread(),
                entry.getContext(),
                entry.getClassName(),
                entry.getMethodName(),
                entry.getFileName(),
                entry.getLineNumber(),
                entry.getTag(),
                entry.getLevel(),
                text(entry.getMessage()),
                entry.getException());
    }

    /** The text on one line: a space for each line break with what indents the next, else "?" for what is unfit. */
    static @Nullable String text(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return LogText.fit(BREAK.matcher(cut.strip()).replaceAll(" "));
    }
}
