package org.pocx.aggregator.proof;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Computes uncompressed nonces, one per lane: 8,192 hashes of 32 bytes each. It takes 256 KiB per lane, allocates nothing
 * after that, and can be used again. It belongs to one thread.
 *
 * <p>The memory of a lane is so laid out that each message stands in it as it is hashed: the hashes, the tail (seed, account,
 * nonce: 60 bytes) with its padding, and a block of padding for the messages without a tail.
 */
final class UncompressedNonces {
    private static final int HASHES = 8_192;

    /** A hash is computed of at most so many of those behind it: 4,096 bytes. */
    private static final int CAP = 128;

    private static final int PADDING = 0x80;
    private static final int TAIL = HASHES * ShabalLanes.HASH;
    private static final int TAIL_WORDS = 15;

    /** A message of an odd number of hashes and the tail ends in the middle of a block: so many words of zeros follow. */
    private static final int EMPTY_BLOCK = TAIL + TAIL_WORDS + 1 + ShabalLanes.HASH;

    private static final int FINAL_HASH = EMPTY_BLOCK + ShabalLanes.BLOCK;
    private static final int WORDS = FINAL_HASH + ShabalLanes.HASH;

    private final ShabalLanes shabal;
    private final int lanes;
    private final int[] words;

    UncompressedNonces(ShabalLanes shabal) {
        this.shabal = shabal;
        lanes = shabal.lanes();
        words = new int[WORDS * lanes];
        Arrays.fill(words, (TAIL + TAIL_WORDS) * lanes, (TAIL + TAIL_WORDS + 1) * lanes, PADDING);
        Arrays.fill(words, EMPTY_BLOCK * lanes, (EMPTY_BLOCK + 1) * lanes, PADDING);
    }

    int lanes() {
        return lanes;
    }

    /**
     * Determines what a lane computes.
     *
     * @param tail 15 words: seed, account and nonce
     */
    void tail(int lane, int[] tail) {
        for (int i = 0; i < TAIL_WORDS; i++) {
            words[(TAIL + i) * lanes + lane] = tail[i];
        }
    }

    /**
     * Computes all lanes, and takes 60 to 160 ms.
     *
     * @param cancelled asked some ten thousand times a second
     * @return false if it was cancelled
     */
    boolean compute(BooleanSupplier cancelled) {
        for (int hash = HASHES - 1; hash >= 0; hash--) {
            if (cancelled.getAsBoolean()) {
                return false;
            }
            compute(hash);
        }
        shabal.hash(words, 0, TAIL / ShabalLanes.BLOCK, TAIL, FINAL_HASH);
        return true;
    }

    private void compute(int hash) {
        int behind = HASHES - 1 - hash;
        int result = hash * ShabalLanes.HASH;
        int first = result + ShabalLanes.HASH;
        if (behind < CAP) {
            // The hashes behind it, the tail and the padding, rounded up to blocks.
            int last = (behind * ShabalLanes.HASH + TAIL_WORDS) / ShabalLanes.BLOCK;
            shabal.hash(words, first, last, first + last * ShabalLanes.BLOCK, result);
        } else {
            shabal.hash(words, first, CAP * ShabalLanes.HASH / ShabalLanes.BLOCK, EMPTY_BLOCK, result);
        }
    }

    /** Adds (XOR) a scoop of the nonce in a lane to 16 words: hash 2s and hash 8191 - 2s, each with the final hash. */
    void addScoop(int lane, int scoop, int[] sum) {
        addHash(lane, 2 * scoop, sum, 0);
        addHash(lane, HASHES - 1 - 2 * scoop, sum, ShabalLanes.HASH);
    }

    private void addHash(int lane, int hash, int[] sum, int at) {
        for (int i = 0; i < ShabalLanes.HASH; i++) {
            sum[at + i] ^= words[(hash * ShabalLanes.HASH + i) * lanes + lane]
                    ^ words[(FINAL_HASH + i) * lanes + lane];
        }
    }
}
