/**
 * The farm in figures, by machine, account and round. It listens to what happens, and the rules never ask it. Start at {@link
 * org.pocx.aggregator.core.stats.FarmStatistics} and {@link org.pocx.aggregator.core.stats.FarmSnapshot}.
 */
@NullMarked
package org.pocx.aggregator.core.stats;

import org.jspecify.annotations.NullMarked;
