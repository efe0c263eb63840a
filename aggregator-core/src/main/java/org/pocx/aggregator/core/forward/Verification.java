package org.pocx.aggregator.core.forward;

/** How the verification of a candidate ended. */
sealed interface Verification {

    /**
     * The quality is known.
     *
     * @param rawQuality u64, computed
     */
    record Computed(long rawQuality) implements Verification {}

    /** There was no room or no time to compute it, or it cannot be computed. */
    record Unknown() implements Verification {}

    /** Whether the candidate has the quality that it claims. */
    default boolean proves(Candidate candidate) {
        return this instanceof Computed computed && computed.rawQuality == candidate.rawQuality();
    }

    /** Whether the candidate is worse than it claims. */
    default boolean disproves(Candidate candidate) {
        return this instanceof Computed computed
                && Long.compareUnsigned(computed.rawQuality, candidate.rawQuality()) > 0;
    }
}
