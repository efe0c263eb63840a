package org.pocx.aggregator.proof;

import java.util.List;

/**
 * Computes the raw_quality of nonces of PoCX plots, as a node does: bit by bit the same.
 *
 * <p>The cost is that of 2^compression uncompressed nonces, each of some 550,000 permutations of Shabal: 60 ms of one core in
 * plain Java. Where the JVM was started with {@code --add-modules jdk.incubator.vector} and the processor has vectors of 256
 * or 512 bits, 8 or 16 uncompressed nonces take 160 ms together. The memory is 256 KiB per thread and lane: 256 KiB in plain
 * Java, 4 MiB with 16 lanes.
 *
 * <p>All methods may be called by several threads at once.
 */
public final class PocxProof {
    /** The number of scoops of a nonce. */
    public static final int SCOOPS = 4_096;

    /** The size of a scoop. */
    public static final int SCOOP_BYTES = 64;

    private PocxProof() {}

    /**
     * Computes a nonce on this thread.
     *
     * @param nonce the nonce
     * @param challenge the block that it is for
     * @return the raw_quality, unsigned: the lower, the better
     */
    public static long quality(PlotNonce nonce, Challenge challenge) {
        ProofComputation computation = start(nonce, challenge);
        while (computation.partsLeft() > 0) {
            computation.advance();
        }
        return computation.quality();
    }

    /**
     * Prepares the computation of a nonce in steps. Nothing is computed yet.
     *
     * @param nonce the nonce
     * @param challenge the block that it is for
     * @return the computation
     */
    public static ProofComputation start(PlotNonce nonce, Challenge challenge) {
        return new ProofComputation(nonce, challenge);
    }

    /**
     * Computes many nonces on several threads. They are begun in the order of the list: what matters most stands first. They
     * are done in nearly this order. The threads have the priority of this one, and have ended when the method returns.
     *
     * @param tasks the nonces; the list must not change meanwhile
     * @param threads how many threads compute, at least 1; more than the machine has processors bring nothing
     * @param listener gets each result, and may end the batch early
     * @throws IllegalArgumentException if threads is less than 1
     * @throws IllegalStateException if a thread failed, for example for want of memory; the cause says why
     * @throws InterruptedException if this thread is interrupted; the batch is ended then
     */
    public static void qualities(List<ProofTask> tasks, int threads, QualityListener listener)
            throws InterruptedException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more");
        }
        new ProofBatch(tasks, threads).run(listener);
    }

    /**
     * Computes what a plot of compression 0 holds of a nonce, on this thread, in plain Java. With the scoop of a block,
     * {@link Challenge#quality} gives the quality that {@link #quality} computes from nothing.
     *
     * @param nonce a nonce of compression 0
     * @return its {@value #SCOOPS} scoops of {@value #SCOOP_BYTES} bytes, in their order: 256 KiB
     * @throws IllegalArgumentException if the compression is not 0: each scoop would need other nonces
     */
    public static byte[] scoops(PlotNonce nonce) {
        return ScoopData.of(nonce);
    }

    /**
     * Returns how many uncompressed nonces this JVM computes at once on each core: 16 or 8 with the Vector API, otherwise 1.
     *
     * @return 1, 8 or 16
     */
    public static int lanes() {
        return LaneChoice.lanes();
    }
}
