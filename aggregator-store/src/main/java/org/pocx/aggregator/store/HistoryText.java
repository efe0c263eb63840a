package org.pocx.aggregator.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A walk over rows of the history that SQLite put into one text: {@code height raw_quality seconds}, with commas between
 * the rows. Where the raw_quality is no INTEGER, an {@code @} and the row's id stand in its place. Belongs to one thread.
 */
final class HistoryText {
    private static final int DECIMAL = 10;

    private final String rows;
    private int next;
    private long height;
    private boolean reference;
    private long rawQuality;
    private long seconds;

    /** @param rows null stands for none */
    HistoryText(@Nullable String rows) {
        this.rows = rows == null ? "" : rows;
    }

    /** Goes on to the next row, the first one to begin with; false when there is none. */
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
