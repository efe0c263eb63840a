/**
 * Mining info at hand for every miner, whatever the upstream does. Start at {@link
 * org.pocx.aggregator.core.cache.MiningInfoCache}.
 */
@NullMarked
package org.pocx.aggregator.core.cache;

import org.jspecify.annotations.NullMarked;
