package org.pocx.aggregator.proof;

import java.nio.ByteBuffer;

/**
 * What a block asks of a plot.
 *
 * @param generationSignature the generation signature of the block that is mined: 64 hexadecimal digits, in lower or upper case
 * @param height the height of the block that is mined, unsigned
 */
public record Challenge(String generationSignature, long height) {
    private static final int SIGNATURE_BYTES = 32;

    /**
     * Checks the generation signature.
     *
     * @throws IllegalArgumentException if it is not as described
     */
    public Challenge {
        Bytes.ofHex("generation_signature", generationSignature, SIGNATURE_BYTES);
    }

    /**
     * Computes which scoop of each nonce counts for this block: the last 12 bits of the hash of signature and height.
     *
     * @return 0 to 4095
     */
    public int scoop() {
        byte[] hash = Shabal256.of(ByteBuffer.allocate(SIGNATURE_BYTES + Long.BYTES)
                .put(signature())
                .putLong(height)
                .array());
        return ((hash[30] & 0x0F) << 8) | (hash[31] & 0xFF);
    }

    /**
     * Computes the quality of a scoop: the first 8 bytes, read little-endian, of the hash of signature and scoop.
     *
     * @param scoop 64 bytes of a nonce: those of {@link #scoop()}
     * @return the raw_quality, unsigned: the lower, the better
     * @throws IllegalArgumentException if the scoop has another size
     */
    public long quality(byte[] scoop) {
        if (scoop.length != PocxProof.SCOOP_BYTES) {
            throw new IllegalArgumentException("a scoop must have " + PocxProof.SCOOP_BYTES + " bytes");
        }
        byte[] hash = Shabal256.of(ByteBuffer.allocate(SIGNATURE_BYTES + scoop.length)
                .put(signature())
                .put(scoop)
                .array());
        return Shabal256.littleEndian(hash).getLong();
    }

    private byte[] signature() {
        return Bytes.ofHex("generation_signature", generationSignature, SIGNATURE_BYTES);
    }
}
