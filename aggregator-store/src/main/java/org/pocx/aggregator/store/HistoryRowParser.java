package org.pocx.aggregator.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Parses rows of the history that SQLite concatenated into one text: {@code height raw_quality seconds}, separated by
 * commas. If the raw_quality is not an INTEGER, the text has an {@code @} and the row's id instead. Not thread-safe.
 */
final class HistoryRowParser {
    private static final int DECIMAL = 10;

    private final String rows;
    private int next;
    private long height;
    private boolean reference;
    private long rawQuality;
    private long seconds;

    /** @param rows the text; null if there are no rows */
    HistoryRowParser(@Nullable String rows) {
        this.rows = rows == null ? "" : rows;
    }

    /** Moves to the next row (initially the first one). Returns false at the end. */
    boolean next() {
        if (next >= rows.length()) {
            return false;
        }
        int quality = rows.indexOf(' ', next) + 1;
        int time = rows.indexOf(' ', quality) + 1;
        int comma = rows.indexOf(',', time);
        int end = comma < 0 ? rows.length() : comma;
        reference = rows.charAt(quality) == '@';
        height = number(next, quality - 1);
        rawQuality = number(reference ? quality + 1 : quality, time - 1);
        seconds = number(time, end);
        next = end + 1;
        return true;
    }

    private long number(int from, int to) {
        return Long.parseLong(rows, from, to, DECIMAL);
    }

    long height() {
        return height;
    }

    /** Whether {@link #rawQuality} is the row's id instead. */
    boolean isReference() {
        return reference;
    }

    long rawQuality() {
        return rawQuality;
    }

    Instant at() {
        return Instant.ofEpochSecond(seconds);
    }
}
