package org.pocx.aggregator.core.mining;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A nonce that a miner found, as {@code submit_nonce} carries it: nine required members and an optional tenth. Immutable.
 *
 * <pre>{@code
 * NonceSubmission submission = NonceSubmission.builder()
 *         .round(miningInfo)
 *         .accountId(account)
 *         .seed(seed)
 *         .nonce(4_711)
 *         .compression(1)
 *         .rawQuality(quality)
 *         .build();
 * }</pre>
 *
 * <p>Integers named u64 are unsigned; see {@link MiningInfo}. Two submissions of one round are the same when their
 * {@link #nonceId()} is equal.
 */
public final class NonceSubmission {
    private final String blockHash;
    private final long height;
    private final String generationSignature;
    private final long baseTarget;
    private final String accountId;
    private final String seed;
    private final long nonce;
    private final int compression;
    private final long rawQuality;
    private final CoinbaseOutputs coinbaseOutputs;

    private NonceSubmission(Builder parts) {
        blockHash = parts.given(parts.blockHash);
        height = parts.height;
        generationSignature = parts.given(parts.generationSignature);
        baseTarget = parts.baseTarget;
        accountId = parts.given(parts.accountId);
        seed = parts.given(parts.seed);
        nonce = parts.nonce;
        compression = parts.compression;
        rawQuality = parts.rawQuality;
        coinbaseOutputs = parts.coinbaseOutputs;
    }

    /** {@return a builder without any value} All values but the coinbase outputs are required. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with all values of this submission, to make one that differs in some} */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@return the hash that names the round: 64 lower-case hex characters} */
    public String blockHash() {
        return blockHash;
    }

    /** {@return u64, the height of the block being mined} */
    public long height() {
        return height;
    }

    /** {@return 64 lower-case hex characters} */
    public String generationSignature() {
        return generationSignature;
    }

    /** {@return u64, not 0} */
    public long baseTarget() {
        return baseTarget;
    }

    /** {@return the 20-byte payload of an address: 40 lower-case hex characters} */
    public String accountId() {
        return accountId;
    }

    /** {@return the seed of the plot: 64 lower-case hex characters} */
    public String seed() {
        return seed;
    }

    /** {@return u64} */
    public long nonce() {
        return nonce;
    }

    /** {@return 0 to 255} */
    public int compression() {
        return compression;
    }

    /** {@return u64, the quality that the miner claims; lower is better} */
    public long rawQuality() {
        return rawQuality;
    }

    /** {@return how the reward is to be split; {@link CoinbaseOutputs#NONE} where the request does not say} */
    public CoinbaseOutputs coinbaseOutputs() {
        return coinbaseOutputs;
    }

    /** {@return what makes this nonce the same as another of its round} */
    public NonceId nonceId() {
        return new NonceId(generationSignature, accountId, seed, nonce, compression, rawQuality, coinbaseOutputs);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof NonceSubmission other
                && height == other.height
                && baseTarget == other.baseTarget
                && nonce == other.nonce
                && compression == other.compression
                && rawQuality == other.rawQuality
                && blockHash.equals(other.blockHash)
                && generationSignature.equals(other.generationSignature)
                && accountId.equals(other.accountId)
                && seed.equals(other.seed)
                && coinbaseOutputs.equals(other.coinbaseOutputs);
    }

    @Override
    public int hashCode() {
        int hash = blockHash.hashCode();
        hash = 31 * hash + accountId.hashCode();
        hash = 31 * hash + seed.hashCode();
        hash = 31 * hash + Long.hashCode(nonce);
        return 31 * hash + Long.hashCode(rawQuality);
    }

    @Override
    public String toString() {
        return "NonceSubmission[blockHash=" + blockHash
                + ", height=" + Long.toUnsignedString(height)
                + ", generationSignature=" + generationSignature
                + ", baseTarget=" + Long.toUnsignedString(baseTarget)
                + ", accountId=" + accountId
                + ", seed=" + seed
                + ", nonce=" + Long.toUnsignedString(nonce)
                + ", compression=" + compression
                + ", rawQuality=" + Long.toUnsignedString(rawQuality)
                + ", coinbaseOutputs=" + coinbaseOutputs.outputs() + "]";
    }

    /**
     * Collects the values of a {@link NonceSubmission}. Each method checks its argument at once; the {@link
     * InvalidFieldException} names the field as it is on the wire. A later value replaces an earlier one. Not thread-safe.
     */
    public static final class Builder {
        private static final int HEIGHT = 1;
        private static final int BASE_TARGET = 1 << 1;
        private static final int NONCE = 1 << 2;
        private static final int COMPRESSION = 1 << 3;
        private static final int RAW_QUALITY = 1 << 4;
        private static final int ALL = (1 << 5) - 1;

        private @Nullable String blockHash;
        private long height;
        private @Nullable String generationSignature;
        private long baseTarget;
        private @Nullable String accountId;
        private @Nullable String seed;
        private long nonce;
        private int compression;
        private long rawQuality;
        private CoinbaseOutputs coinbaseOutputs = CoinbaseOutputs.NONE;

        /** Which of the numbers were given: every number may be 0 or is checked, so none can stand for "not given". */
        private int numbers;

        private Builder() {}

        private Builder(NonceSubmission from) {
            blockHash = from.blockHash;
            height = from.height;
            generationSignature = from.generationSignature;
            baseTarget = from.baseTarget;
            accountId = from.accountId;
            seed = from.seed;
            nonce = from.nonce;
            compression = from.compression;
            rawQuality = from.rawQuality;
            coinbaseOutputs = from.coinbaseOutputs;
            numbers = ALL;
        }

        /**
         * The four values that a nonce has from its round: block hash, height, generation signature and base target.
         *
         * @param info the mining info by which the nonce was found
         * @return this
         */
        public Builder round(MiningInfo info) {
            Objects.requireNonNull(info, "info");
            blockHash = info.blockHash();
            generationSignature = info.generationSignature();
            return height(info.height()).baseTarget(info.baseTarget());
        }

        /**
         * The hash that names the round.
         *
         * @param hash 64 hex characters
         * @return this
         */
        public Builder blockHash(String hash) {
            blockHash = Hex.require("block_hash", hash, Hex.HASH_CHARS);
            return this;
        }

        /**
         * The height of the block being mined.
         *
         * @param number u64
         * @return this
         */
        public Builder height(long number) {
            height = number;
            numbers |= HEIGHT;
            return this;
        }

        /**
         * The entropy of the block being mined.
         *
         * @param signature 64 hex characters
         * @return this
         */
        public Builder generationSignature(String signature) {
            generationSignature = Hex.require("generation_signature", signature, Hex.HASH_CHARS);
            return this;
        }

        /**
         * The difficulty of the round.
         *
         * @param target u64, not 0
         * @return this
         */
        public Builder baseTarget(long target) {
            MiningInfo.requirePositive(target);
            baseTarget = target;
            numbers |= BASE_TARGET;
            return this;
        }

        /**
         * The account that the nonce counts for.
         *
         * @param account 40 hex characters: the 20-byte payload of an address, not the address
         * @return this
         */
        public Builder accountId(String account) {
            accountId = Hex.require("account_id", account, Hex.ACCOUNT_CHARS);
            return this;
        }

        /**
         * The seed of the plot.
         *
         * @param hex 64 hex characters
         * @return this
         */
        public Builder seed(String hex) {
            seed = Hex.require("seed", hex, Hex.HASH_CHARS);
            return this;
        }

        /**
         * The number of the nonce in its plot.
         *
         * @param number u64
         * @return this
         */
        public Builder nonce(long number) {
            nonce = number;
            numbers |= NONCE;
            return this;
        }

        /**
         * The compression level of the plot.
         *
         * @param level 0 to 255
         * @return this
         */
        public Builder compression(int level) {
            MiningInfo.requireByte("compression", level);
            compression = level;
            numbers |= COMPRESSION;
            return this;
        }

        /**
         * The quality that the miner claims.
         *
         * @param quality u64; lower is better
         * @return this
         */
        public Builder rawQuality(long quality) {
            rawQuality = quality;
            numbers |= RAW_QUALITY;
            return this;
        }

        /**
         * How the reward is to be split. Default: {@link CoinbaseOutputs#NONE}.
         *
         * @param outputs belong to this nonce
         * @return this
         */
        public Builder coinbaseOutputs(CoinbaseOutputs outputs) {
            coinbaseOutputs = Objects.requireNonNull(outputs, "outputs");
            return this;
        }

        /**
         * Makes the submission.
         *
         * @return a new submission; the builder can go on being used
         * @throws IllegalStateException when a required value was not given; names all that are missing
         */
        public NonceSubmission build() {
            if (numbers != ALL) {
                throw incomplete();
            }
            return new NonceSubmission(this);
        }

        private String given(@Nullable String value) {
            if (value == null) {
                throw incomplete();
            }
            return value;
        }

        private IllegalStateException incomplete() {
            List<String> missing = new ArrayList<>();
            note(missing, "blockHash", blockHash != null);
            note(missing, "height", (numbers & HEIGHT) != 0);
            note(missing, "generationSignature", generationSignature != null);
            note(missing, "baseTarget", (numbers & BASE_TARGET) != 0);
            note(missing, "accountId", accountId != null);
            note(missing, "seed", seed != null);
            note(missing, "nonce", (numbers & NONCE) != 0);
            note(missing, "compression", (numbers & COMPRESSION) != 0);
            note(missing, "rawQuality", (numbers & RAW_QUALITY) != 0);
            return new IllegalStateException("cannot build a nonce submission without " + String.join(", ", missing));
        }

        private static void note(List<String> missing, String name, boolean isGiven) {
            if (!isGiven) {
                missing.add(name);
            }
        }
    }
}
