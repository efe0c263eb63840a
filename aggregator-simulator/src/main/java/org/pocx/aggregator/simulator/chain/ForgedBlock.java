package org.pocx.aggregator.simulator.chain;

import java.util.Optional;

/**
 * A new block.
 *
 * @param mined the round that the block ended
 * @param next the round that follows
 * @param winner the best nonce of the round that ended; empty when it had no accepted nonce, and another miner of the
 *     network forged the block
 */
public record ForgedBlock(Tip mined, Tip next, Optional<ValidatedNonce> winner) {}
