package org.pocx.aggregator.cli.log;

import java.util.regex.Pattern;

/** Makes text from outside safe for a log: no control characters, no direction marks, and limited length. */
public final class LogText {
    private static final int MAX_QUOTED_CHARS = 200;
    private static final int MAX_LINE_CHARS = 8_000;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
    private static final Pattern BREAK =
            Pattern.compile("[\\r\\n\\u0085\\u2028\\u2029][\\s\\u0085\\u2028\\u2029]*|\\t");

    private LogText() {}

    /** Returns at most 200 characters of the text, with "?" for each control character. */
    public static String clean(String text) {
        return printable(text, MAX_QUOTED_CHARS);
    }

    /** Returns the text on one line: a space replaces each line break and the indentation that follows it. */
    static String oneLine(String text) {
        // Cut before the search as well: a pattern must not run over megabytes.
        String cut = text.substring(0, Math.min(text.length(), 2 * MAX_LINE_CHARS));
        return printable(BREAK.matcher(cut.strip()).replaceAll(" "), MAX_LINE_CHARS);
    }

    private static String printable(String text, int maxChars) {
        String cut = text.length() > maxChars ? text.substring(0, maxChars) + "…" : text;
        return UNPRINTABLE.matcher(cut).replaceAll("?");
    }
}
