/**
 * Won blocks: who won the last block, which machine found the nonce, and whether the farm wins as often as its capacity
 * lets expect. {@link org.pocx.aggregator.statistics.blocks.BlockLedger} holds the rules and {@link
 * org.pocx.aggregator.statistics.blocks.BlockTracker} connects them to the events. Start at the latter.
 */
@NullMarked
package org.pocx.aggregator.statistics.blocks;

import org.jspecify.annotations.NullMarked;
