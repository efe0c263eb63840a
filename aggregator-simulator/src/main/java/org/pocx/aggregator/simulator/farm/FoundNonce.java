package org.pocx.aggregator.simulator.farm;

/**
 * A nonce that a scan finds.
 *
 * @param progress 0 to 1: the fraction of the scan that is done when it finds the nonce
 * @param plot the plot that has the nonce
 * @param nonce u64
 * @param rawQuality u64
 */
record FoundNonce(double progress, Plot plot, long nonce, long rawQuality) {

    boolean isBetterThan(FoundNonce other) {
        return Long.compareUnsigned(rawQuality, other.rawQuality) < 0;
    }
}
