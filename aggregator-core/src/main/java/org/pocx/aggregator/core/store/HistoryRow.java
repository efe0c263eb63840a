package org.pocx.aggregator.core.store;

/**
 * A row of a list.
 *
 * @param id its place: those that came later have a higher one
 */
public record HistoryRow<T>(long id, T value) {}
