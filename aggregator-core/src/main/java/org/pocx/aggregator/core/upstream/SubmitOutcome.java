package org.pocx.aggregator.core.upstream;

import java.util.Objects;

/** How sending a nonce to the upstream ended: a verdict, or {@linkplain UpstreamTrouble trouble}. */
public sealed interface SubmitOutcome
        permits SubmitOutcome.Accepted, SubmitOutcome.Rejected, SubmitOutcome.Stale, UpstreamTrouble {

    /**
     * The upstream took the nonce.
     *
     * @param rawQuality u64, the quality by the upstream's own reckoning (the claim, where it names none)
     */
    record Accepted(long rawQuality) implements SubmitOutcome {}

    /**
     * The upstream will never take the nonce.
     *
     * @param message the upstream's error message
     * @param badProof whether the proof is bad, which counts against its machine; false when another part of the request is
     *     bad, such as its coinbase outputs, which says nothing about the plot
     */
    record Rejected(UpstreamMessage message, boolean badProof) implements SubmitOutcome {
        /**
         * Checks that there is a message.
         *
         * @throws NullPointerException when it is null
         */
        public Rejected {
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * The upstream is, or believes to be, at another block.
     *
     * @param message the upstream's error message
     */
    record Stale(UpstreamMessage message) implements SubmitOutcome {
        /**
         * Checks that there is a message.
         *
         * @throws NullPointerException when it is null
         */
        public Stale {
            Objects.requireNonNull(message, "message");
        }
    }
}
