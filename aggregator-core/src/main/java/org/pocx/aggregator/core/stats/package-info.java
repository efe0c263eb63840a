/**
 * What the farm does, told by events and as a snapshot. Start at {@link
 * org.pocx.aggregator.core.stats.AggregatorListener} and {@link org.pocx.aggregator.core.stats.FarmSnapshot}.
 */
@NullMarked
package org.pocx.aggregator.core.stats;

import org.jspecify.annotations.NullMarked;
