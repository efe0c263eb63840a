package org.pocx.aggregator.core.mining;

/**
 * A nonce that a miner found, as {@code submit_nonce} carries it: nine members, all required.
 *
 * <p>Integers named u64 are unsigned; see {@link MiningInfo}. Two submissions of one round are the same nonce when
 * their {@link #nonceId()} is equal, whatever quality they claim.
 *
 * @param blockHash names the round: 64 hex characters, kept in lower case
 * @param height u64
 * @param generationSignature 64 hex characters, kept in lower case
 * @param baseTarget u64 &gt; 0
 * @param accountId 40 hex characters (a 20-byte payload, not an address), kept in lower case
 * @param seed of the plot: 64 hex characters, kept in lower case
 * @param nonce u64
 * @param compression 0 to 255
 * @param rawQuality u64, the quality that the miner claims; lower is better
 */
public record NonceSubmission(
        String blockHash,
        long height,
        String generationSignature,
        long baseTarget,
        String accountId,
        String seed,
        long nonce,
        int compression,
        long rawQuality) {

    /**
     * Puts hex into lower case.
     *
     * @throws InvalidFieldException when a value is out of the form above; names the field as it is on the wire
     */
    public NonceSubmission {
        blockHash = Hex.require("block_hash", blockHash, Hex.HASH_CHARS);
        generationSignature = Hex.require("generation_signature", generationSignature, Hex.HASH_CHARS);
        MiningInfo.requirePositive(baseTarget);
        accountId = Hex.require("account_id", accountId, Hex.ACCOUNT_CHARS);
        seed = Hex.require("seed", seed, Hex.HASH_CHARS);
        MiningInfo.requireByte("compression", compression);
    }

    /** {@return what makes this nonce the same as another of its round} */
    public NonceId nonceId() {
        return new NonceId(accountId, seed, nonce, compression);
    }
}
