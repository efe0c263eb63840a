package org.pocx.aggregator.statistics.history;

/**
 * A row of a list.
 *
 * @param <T> what the list is of
 * @param id its place: those that came later have a higher one
 * @param value what the row says
 */
public record HistoryRow<T>(long id, T value) {}
