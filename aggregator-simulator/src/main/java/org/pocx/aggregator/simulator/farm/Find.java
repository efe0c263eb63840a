package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A nonce that a scan comes upon.
 *
 * @param moment 0 to 1: how far the scan is when it finds it
 */
record Find(double moment, NonceSubmission submission) {

    boolean isBetterThan(Find other) {
        return Long.compareUnsigned(submission.rawQuality(), other.submission.rawQuality()) < 0;
    }
}
