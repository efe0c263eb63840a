package org.pocx.aggregator.simulator.chain;

import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A nonce that the chain received, with its result.
 *
 * @param number 1 for the first nonce that the chain received, then increasing by one
 * @param submission as received
 * @param result what the chain answered
 */
public record ValidatedNonce(long number, NonceSubmission submission, ValidationResult result) {

    /** {@return the quality and poc_time that the chain computed; empty when it rejected the nonce} */
    public Optional<ValidationResult.Accepted> accepted() {
        return result instanceof ValidationResult.Accepted accepted ? Optional.of(accepted) : Optional.empty();
    }

    /** {@return whether the chain accepted the nonce} */
    public boolean isAccepted() {
        return result instanceof ValidationResult.Accepted;
    }

    /** {@return whether the chain rejected the nonce because it is for a different round} */
    public boolean isStale() {
        return result instanceof ValidationResult.Rejected rejected
                && rejected.reason().isStale();
    }

    /** Whether this nonce has a better quality than the other; both are accepted. */
    boolean isBetterThan(ValidatedNonce other) {
        return Long.compareUnsigned(
                accepted().orElseThrow().rawQuality(), other.accepted().orElseThrow().rawQuality()) < 0;
    }

    /** The poc_time (u64 seconds) of an accepted nonce. */
    long pocTime() {
        return accepted().orElseThrow().pocTime();
    }
}
