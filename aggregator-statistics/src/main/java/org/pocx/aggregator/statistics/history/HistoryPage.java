package org.pocx.aggregator.statistics.history;

/**
 * A part of a list that begins with the newest row.
 *
 * @param before only rows with a lower id; {@link Long#MAX_VALUE} for all
 * @param offset the number of rows to skip, 0 to {@value #MAX_OFFSET}
 * @param limit the maximum number of rows, 1 to {@value #MAX_LIMIT}
 */
public record HistoryPage(long before, int offset, int limit) {
    /** The largest offset. For rows beyond it use {@code before}. */
    public static final int MAX_OFFSET = 1_000_000;

    /** The largest number of rows of one page. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public HistoryPage {
        if (offset < 0 || offset > MAX_OFFSET || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "offset is 0 to " + MAX_OFFSET + ", limit 1 to " + MAX_LIMIT + ": " + offset + ", " + limit);
        }
    }

    /**
     * {@return the page that begins with the newest row}
     *
     * @param limit the maximum number of rows; see the record for its range
     */
    public static HistoryPage newest(int limit) {
        return new HistoryPage(Long.MAX_VALUE, 0, limit);
    }
}
