/**
 * What happens in an aggregator, as values: the fate of each nonce, rounds, troubles of the upstream and the store. Start at
 * {@link org.pocx.aggregator.core.event.AggregatorEvent}.
 */
@NullMarked
package org.pocx.aggregator.core.event;

import org.jspecify.annotations.NullMarked;
