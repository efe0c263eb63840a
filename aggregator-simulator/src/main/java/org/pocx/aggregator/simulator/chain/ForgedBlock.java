package org.pocx.aggregator.simulator.chain;

import java.util.Optional;

/**
 * A round that has ended with a block.
 *
 * @param mined the round that ended
 * @param next the round that follows
 * @param winner the best nonce of the round that ended; empty when none had been accepted, and the block came from
 *     somewhere else
 */
public record ForgedBlock(Tip mined, Tip next, Optional<LedgerEntry> winner) {}
