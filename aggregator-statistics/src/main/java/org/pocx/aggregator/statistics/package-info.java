/**
 * The farm in figures, by machine, account and round, and its past. An ordinary listener of an aggregator, whose rules never
 * ask it. Start at {@link org.pocx.aggregator.statistics.FarmStatistics} and {@link
 * org.pocx.aggregator.statistics.FarmSnapshot}.
 */
@NullMarked
package org.pocx.aggregator.statistics;

import org.jspecify.annotations.NullMarked;
