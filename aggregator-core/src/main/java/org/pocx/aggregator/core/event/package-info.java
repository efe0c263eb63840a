/**
 * What happens in the farm, as it happens: each nonce's fate, rounds, the upstream's and the store's troubles. The rules tell
 * it, and statistics, history, dashboard, log and an embedder listen. Start at {@link
 * org.pocx.aggregator.core.event.AggregatorListener}.
 */
@NullMarked
package org.pocx.aggregator.core.event;

import org.jspecify.annotations.NullMarked;
