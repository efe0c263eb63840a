/**
 * The vocabulary of PoCX mining as values that check themselves, and the arithmetic of poc_time and capacity.
 * Start at {@link org.pocx.aggregator.core.mining.MiningInfo} and {@link org.pocx.aggregator.core.mining.NonceSubmission}.
 */
@NullMarked
package org.pocx.aggregator.core.mining;

import org.jspecify.annotations.NullMarked;
