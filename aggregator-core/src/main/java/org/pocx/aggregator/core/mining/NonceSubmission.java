package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * A nonce that a miner found, as {@code submit_nonce} carries it: nine required members and an optional tenth.
 *
 * <p>Integers named u64 are unsigned; see {@link MiningInfo}. Two submissions of one round are the same when their
 * {@link #nonceId()} is equal.
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
 * @param coinbaseOutputs how the reward is to be split; {@link CoinbaseOutputs#NONE} where the request does not say
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
        long rawQuality,
        CoinbaseOutputs coinbaseOutputs) {

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
        Objects.requireNonNull(coinbaseOutputs, "coinbaseOutputs");
    }

    /**
     * A nonce without the tenth member.
     *
     * @param blockHash names the round: 64 hex characters
     * @param height u64
     * @param generationSignature 64 hex characters
     * @param baseTarget u64 &gt; 0
     * @param accountId 40 hex characters
     * @param seed of the plot: 64 hex characters
     * @param nonce u64
     * @param compression 0 to 255
     * @param rawQuality u64, as claimed
     * @throws InvalidFieldException when a value is out of the form above
     */
    public NonceSubmission(
            String blockHash,
            long height,
            String generationSignature,
            long baseTarget,
            String accountId,
            String seed,
            long nonce,
            int compression,
            long rawQuality) {
        this(
                blockHash,
                height,
                generationSignature,
                baseTarget,
                accountId,
                seed,
                nonce,
                compression,
                rawQuality,
                CoinbaseOutputs.NONE);
    }

    /** {@return what makes this nonce the same as another of its round} */
    public NonceId nonceId() {
        return new NonceId(
                generationSignature, accountId, seed, nonce, compression, rawQuality, coinbaseOutputs);
    }
}
