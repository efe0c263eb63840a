package org.pocx.aggregator.proof;

/** Gets the results of a batch, each as soon as it is known. */
@FunctionalInterface
public interface QualityListener {
    /**
     * Takes a result. It is called on the thread that computes the batch ({@link PocxProof#qualities}), never by two threads
     * at once. An exception ends the batch.
     *
     * @param index the position of the nonce in the batch, from 0
     * @param rawQuality the quality of the nonce, unsigned: the lower, the better
     * @return false to end the batch now: no further result comes, and what is being computed is dropped
     */
    boolean onQuality(int index, long rawQuality);
}
