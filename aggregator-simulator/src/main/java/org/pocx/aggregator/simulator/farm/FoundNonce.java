package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A nonce that a scan finds.
 *
 * @param progress 0 to 1: the fraction of the scan that is done when it finds the nonce
 */
record FoundNonce(double progress, NonceSubmission submission) {

    boolean isBetterThan(FoundNonce other) {
        return Long.compareUnsigned(submission.rawQuality(), other.submission.rawQuality()) < 0;
    }
}
