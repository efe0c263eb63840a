package org.pocx.aggregator.proof;

import java.nio.IntBuffer;

/** Computes what a plot of compression 0 holds of a nonce. */
final class ScoopData {
    private ScoopData() {}

    /** All scoops, one after the other. */
    static byte[] of(PlotNonce nonce) {
        if (nonce.compression() != 0) {
            throw new IllegalArgumentException("compression must be 0 to compute all scoops of a nonce");
        }
        UncompressedNonces nonces = new UncompressedNonces(new ScalarLanes());
        nonces.tail(0, new NonceTail(nonce).words(nonce.nonce()));
        nonces.compute(() -> false);
        byte[] data = new byte[PocxProof.SCOOPS * PocxProof.SCOOP_BYTES];
        IntBuffer words = Shabal256.littleEndian(data).asIntBuffer();
        for (int scoop = 0; scoop < PocxProof.SCOOPS; scoop++) {
            int[] sum = new int[ShabalLanes.BLOCK];
            nonces.addScoop(0, scoop, sum);
            words.put(sum);
        }
        return data;
    }
}
