package org.pocx.aggregator.simulator.chain;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * How a chain computes the true quality of a nonce. Called by several threads at once.
 */
@FunctionalInterface
public interface QualityRule {
    /** The rule of {@link QualityFunction}, which takes microseconds. */
    QualityRule SIMULATED = QualityFunction::rawQuality;

    /**
     * {@return the quality (u64) of a submitted nonce in the round that it names}
     *
     * @param submission of any round
     */
    long rawQuality(NonceSubmission submission);
}
