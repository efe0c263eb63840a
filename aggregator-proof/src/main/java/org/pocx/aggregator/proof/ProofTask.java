package org.pocx.aggregator.proof;

/**
 * A nonce whose quality is wanted.
 *
 * @param nonce the nonce
 * @param challenge the block that it is for
 */
public record ProofTask(PlotNonce nonce, Challenge challenge) {}
