package org.pocx.aggregator.statistics.blocks;

/**
 * Actual and expected wins.
 *
 * @param won blocks won, without orphaned ones
 * @param expected the sum of the probabilities to win, in all rounds whose block was seen
 */
public record Wins(long won, double expected) {}
