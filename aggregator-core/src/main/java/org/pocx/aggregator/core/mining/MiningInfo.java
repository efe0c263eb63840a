package org.pocx.aggregator.core.mining;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a miner needs to know to mine a block, as {@code get_mining_info} answers it.
 *
 * <p>Integers named u64 are unsigned: print them with {@link Long#toUnsignedString(long)}, compare them with {@link
 * Long#compareUnsigned(long, long)}.
 *
 * @param generationSignature the entropy of the block being mined: 64 hex characters, kept in lower case
 * @param baseTarget u64 &gt; 0, the difficulty; higher is easier
 * @param height u64, the height of the block being mined (the tip's height + 1)
 * @param blockHash the hash of the tip, which names the round: 64 hex characters, kept in lower case
 * @param targetQuality u64; a nonce is worth submitting while raw_quality / base_target is below it; {@link
 *     #NO_TARGET_QUALITY} (2^64-1) means no limit and is the default
 * @param minimumCompressionLevel 0 to 255; {@link #DEFAULT_COMPRESSION_LEVEL} where the upstream says nothing
 * @param targetCompressionLevel 0 to 255; {@link #DEFAULT_COMPRESSION_LEVEL} where the upstream says nothing
 * @param extras members of the upstream's answer that this version does not know, as name and JSON text, in the order
 *     they came; they are passed on to miners unchanged. Unmodifiable
 */
public record MiningInfo(
        String generationSignature,
        long baseTarget,
        long height,
        String blockHash,
        long targetQuality,
        int minimumCompressionLevel,
        int targetCompressionLevel,
        Map<String, String> extras) implements MiningInfoAnswer {

    /** The target quality that limits nothing: 2^64-1. */
    public static final long NO_TARGET_QUALITY = -1L;

    /** The compression level that holds where the upstream names none. */
    public static final int DEFAULT_COMPRESSION_LEVEL = 1;

    /**
     * Puts hex into lower case and copies the extras.
     *
     * @throws InvalidFieldException when a value is out of the form above; names the field as it is on the wire
     */
    public MiningInfo {
        generationSignature = Hex.require("generation_signature", generationSignature, Hex.HASH_CHARS);
        blockHash = Hex.require("block_hash", blockHash, Hex.HASH_CHARS);
        requirePositive(baseTarget);
        requireByte("minimum_compression_level", minimumCompressionLevel);
        requireByte("target_compression_level", targetCompressionLevel);
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }

    /**
     * Mining info with the defaults for all that is optional.
     *
     * @param generationSignature 64 hex characters
     * @param baseTarget u64, not 0
     * @param height u64, of the block being mined
     * @param blockHash 64 hex characters, of the tip
     */
    public MiningInfo(String generationSignature, long baseTarget, long height, String blockHash) {
        this(
                generationSignature,
                baseTarget,
                height,
                blockHash,
                NO_TARGET_QUALITY,
                DEFAULT_COMPRESSION_LEVEL,
                DEFAULT_COMPRESSION_LEVEL,
                Map.of());
    }

    static void requirePositive(long baseTarget) {
        if (baseTarget == 0) {
            throw new InvalidFieldException("base_target", "must be greater than 0");
        }
    }

    static void requireByte(String field, int value) {
        if (value < 0 || value > 255) {
            throw new InvalidFieldException(field, "must be an integer from 0 to 255");
        }
    }
}
