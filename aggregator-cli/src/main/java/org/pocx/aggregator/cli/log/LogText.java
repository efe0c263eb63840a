package org.pocx.aggregator.cli.log;

import java.util.regex.Pattern;

/** Texts from outside, made fit for a log: no control or direction characters, and of bounded length. */
public final class LogText {
    private static final int MAX_CHARS = 200;
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private LogText() {}

    /** The text on one line, at most 200 characters of it. */
    public static String clean(String text) {
        String cut = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) + "…" : text;
        return fit(cut);
    }

    /** The text of whatever length without what is unfit. */
    static String fit(String text) {
        return UNFIT.matcher(text).replaceAll("?");
    }
}
