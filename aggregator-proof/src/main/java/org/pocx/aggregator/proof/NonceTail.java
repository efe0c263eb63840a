package org.pocx.aggregator.proof;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/** Seed and account of a plot, to be followed by the number of an uncompressed nonce: the tail of what is hashed. */
final class NonceTail {
    private static final int BYTES = 60;
    private static final int NONCE_AT = 52;

    private final byte[] bytes;

    NonceTail(PlotNonce nonce) {
        bytes = ByteBuffer.allocate(BYTES)
                .put(Bytes.ofHex("seed", nonce.seed(), 32))
                .put(Bytes.ofHex("account_id", nonce.accountId(), 20))
                .array();
    }

    /** The 15 words of the tail of an uncompressed nonce. */
    int[] words(long number) {
        byte[] tail = bytes.clone();
        ByteBuffer.wrap(tail).putLong(NONCE_AT, number);
        IntBuffer ints = Shabal256.littleEndian(tail).asIntBuffer();
        int[] words = new int[ints.remaining()];
        ints.get(words);
        return words;
    }
}
