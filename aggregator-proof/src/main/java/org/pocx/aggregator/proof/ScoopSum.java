package org.pocx.aggregator.proof;

/**
 * Adds the parts of a nonce up to its scoop. The parts are independent of each other, and may be computed in any order and by
 * several threads.
 */
final class ScoopSum {
    /** Nonces of a plot in a row have their scoops exchanged within groups of so many. */
    private static final int GROUP = 4_096;

    private final Challenge challenge;
    private final long nonce;
    private final int parts;
    private final int scoop;
    private final int index;

    private final NonceTail tail;

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
        tail = new NonceTail(task.nonce());
    }

    int index() {
        return index;
    }

    int parts() {
        return parts;
    }

    /** Writes which uncompressed nonce a part needs into a lane. */
    void prepare(int part, UncompressedNonces nonces, int lane) {
        nonces.tail(lane, tail.words(uncompressed(part)));
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
