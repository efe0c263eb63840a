package org.pocx.aggregator.statistics.history;

/**
 * Which rows of a list that begins with the newest.
 *
 * @param before only rows with a lower id; {@link Long#MAX_VALUE} for all
 * @param offset how many of them to pass over, 0 to {@value #MAX_OFFSET}
 * @param limit how many at most, 1 to {@value #MAX_LIMIT}
 */
public record HistoryPage(long before, int offset, int limit) {
    /** The largest offset; beyond it, {@code before} costs less. */
    public static final int MAX_OFFSET = 1_000_000;

    /** The most rows of one page. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * Takes a part of a list that can be read in one step.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public HistoryPage {
        if (offset < 0 || offset > MAX_OFFSET || limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "offset is 0 to " + MAX_OFFSET + ", limit 1 to " + MAX_LIMIT + ": " + offset + ", " + limit);
        }
    }

    /**
     * {@return a page that begins with the newest row}
     *
     * @param limit how many at most; see the record for its range
     */
    public static HistoryPage newest(int limit) {
        return new HistoryPage(Long.MAX_VALUE, 0, limit);
    }
}
