package org.pocx.aggregator.core.mining;

/**
 * The identity of a nonce within a round. The claimed quality is not part of it: a miner that claims another quality
 * for the same nonce has not found another nonce.
 *
 * @param accountId 40 lower-case hex characters
 * @param seed 64 lower-case hex characters
 * @param nonce u64
 * @param compression 0 to 255
 */
public record NonceId(String accountId, String seed, long nonce, int compression) {}
