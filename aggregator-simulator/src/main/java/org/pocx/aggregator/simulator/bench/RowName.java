package org.pocx.aggregator.simulator.bench;

/**
 * What a row of the table is about.
 *
 * @param id for programs; stays the same
 * @param title for people, 38 characters at most
 */
public record RowName(String id, String title) {
    static final int MAX_TITLE = 38;

    /**
     * Takes a title that fits its column.
     *
     * @throws IllegalArgumentException when the title is too long
     */
    public RowName {
        if (title.length() > MAX_TITLE) {
            throw new IllegalArgumentException("a title of more than " + MAX_TITLE + " characters: " + title);
        }
    }
}
