package org.pocx.aggregator.core.mining;

/**
 * The identity of a nonce within a round. The claimed quality is part of it: otherwise a false claim for a nonce, from a
 * liar or a broken machine, would stand in the way of the true claim that comes after it.
 *
 * @param generationSignature 64 lower-case hex characters
 * @param accountId 40 lower-case hex characters
 * @param seed 64 lower-case hex characters
 * @param nonce u64
 * @param compression 0 to 255
 * @param rawQuality u64, as claimed
 * @param coinbaseOutputs how the reward is to be split
 */
public record NonceId(
        String generationSignature,
        String accountId,
        String seed,
        long nonce,
        int compression,
        long rawQuality,
        CoinbaseOutputs coinbaseOutputs) {

    /**
     * {@return true when the other id is of the same nonce of the same plot, whatever quality each claims}
     *
     * @param other of the same round
     */
    public boolean isSameProof(NonceId other) {
        return nonce == other.nonce
                && compression == other.compression
                && seed.equals(other.seed)
                && accountId.equals(other.accountId);
    }
}
