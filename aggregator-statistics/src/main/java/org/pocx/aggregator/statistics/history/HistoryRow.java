package org.pocx.aggregator.statistics.history;

/**
 * A row of a list.
 *
 * @param <T> the type of the rows
 * @param id the position in the list: later rows have a higher id
 * @param value the content of the row
 */
public record HistoryRow<T>(long id, T value) {}
