/**
 * Statistics of the farm, by machine, account and round, and its history. They are an ordinary listener of an
 * aggregator; its rules do not use them. Start at {@link org.pocx.aggregator.statistics.FarmStatistics} and {@link
 * org.pocx.aggregator.statistics.FarmSnapshot}.
 */
@NullMarked
package org.pocx.aggregator.statistics;

import org.jspecify.annotations.NullMarked;
