package org.pocx.aggregator.proof;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The hash of a message in bytes. */
final class Shabal256 {
    private static final int BLOCK_BYTES = 64;

    private Shabal256() {}

    /** Returns the 32 bytes of the hash. The padding is a byte 0x80, and zeros to the end of the block. */
    static byte[] of(byte[] message) {
        int blocks = message.length / BLOCK_BYTES;
        byte[] padded = Arrays.copyOf(message, (blocks + 1) * BLOCK_BYTES);
        padded[message.length] = (byte) 0x80;
        int last = blocks * ShabalLanes.BLOCK;
        int result = last + ShabalLanes.BLOCK;
        int[] words = new int[result + ShabalLanes.HASH];
        littleEndian(padded).asIntBuffer().get(words, 0, result);
        new ScalarLanes().hash(words, 0, blocks, last, result);
        byte[] hash = new byte[ShabalLanes.HASH * Integer.BYTES];
        littleEndian(hash).asIntBuffer().put(words, result, ShabalLanes.HASH);
        return hash;
    }

    static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
