package org.pocx.aggregator.proof;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;

/**
 * Adds the parts of a nonce up to its scoop. The parts are independent of each other, and may be computed in any order and by
 * several threads.
 */
final class ScoopSum {
    /** Nonces of a plot in a row have their scoops exchanged within groups of so many. */
    private static final int GROUP = 4_096;

    private static final int TAIL_BYTES = 60;
    private static final int NONCE_AT = 52;

    private final Challenge challenge;
    private final long nonce;
    private final int parts;
    private final int scoop;
    private final int index;

    /** Seed and account, and 8 bytes for the number of the uncompressed nonce. */
    private final byte[] tail;

    /** Guarded by this. */
    private final int[] sum = new int[ShabalLanes.BLOCK];

    /** Guarded by this. */
    private int missing;

    /** @param index the position of the nonce in its batch */
    ScoopSum(ProofTask task, int index) {
        challenge = task.challenge();
        scoop = challenge.scoop();
        nonce = task.nonce().nonce();
        parts = task.nonce().parts();
        missing = parts;
        this.index = index;
        tail = ByteBuffer.allocate(TAIL_BYTES)
                .put(Bytes.ofHex("seed", task.nonce().seed(), 32))
                .put(Bytes.ofHex("account_id", task.nonce().accountId(), 20))
                .array();
    }

    int index() {
        return index;
    }

    int parts() {
        return parts;
    }

    /** Writes which uncompressed nonce a part needs into a lane. */
    void prepare(int part, UncompressedNonces nonces, int lane) {
        byte[] bytes = tail.clone();
        ByteBuffer.wrap(bytes).putLong(NONCE_AT, uncompressed(part));
        IntBuffer ints = Shabal256.littleEndian(bytes).asIntBuffer();
        int[] words = new int[ints.remaining()];
        ints.get(words);
        nonces.tail(lane, words);
    }

    /** The product and the sum are taken modulo 2^64. */
    private long uncompressed(int part) {
        long group = Long.divideUnsigned(nonce, GROUP);
        return (group * parts + part) * GROUP + (isEven(part) ? inGroup() : scoop);
    }

    /**
     * Adds a part when its uncompressed nonce is computed.
     *
     * @return whether it was the last one
     */
    synchronized boolean add(int part, UncompressedNonces nonces, int lane) {
        nonces.addScoop(lane, isEven(part) ? scoop : inGroup(), sum);
        missing--;
        return missing == 0;
    }

    private int inGroup() {
        return (int) Long.remainderUnsigned(nonce, GROUP);
    }

    private static boolean isEven(int part) {
        return part % 2 == 0;
    }

    /** The scoop of the compressed nonce, when all parts are added: 64 bytes. */
    synchronized byte[] scoop() {
        if (missing > 0) {
            throw new IllegalStateException(missing + " of " + parts + " parts are not computed");
        }
        byte[] bytes = new byte[sum.length * Integer.BYTES];
        Shabal256.littleEndian(bytes).asIntBuffer().put(sum);
        return bytes;
    }

    /** The quality, when all parts are added. */
    long quality() {
        return challenge.quality(scoop());
    }
}
