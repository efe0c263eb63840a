package org.pocx.aggregator.core.upstream;

import java.util.Objects;

/** How sending a nonce to the upstream ended: a verdict, none yet, or {@linkplain UpstreamTrouble trouble}. */
public sealed interface SubmitOutcome
        permits SubmitOutcome.Accepted,
        SubmitOutcome.Filtered,
        SubmitOutcome.Rejected,
        SubmitOutcome.Stale,
        SubmitOutcome.Held,
        UpstreamTrouble {

    /**
     * The upstream took the nonce.
     *
     * @param rawQuality u64, the quality by the upstream's own reckoning (the claim, where it names none)
     * @param isTakenOver whether this is a receipt only: the upstream takes care of the nonce, and does not report what becomes
     *     of it
     */
    record Accepted(long rawQuality, boolean isTakenOver) implements SubmitOutcome {
        /**
         * A confirmation.
         *
         * @param rawQuality as above
         */
        public Accepted(long rawQuality) {
            this(rawQuality, false);
        }
    }

    /** The upstream, another aggregator, does not need the nonce: one that is at least as good is confirmed for its key. */
    record Filtered() implements SubmitOutcome {}

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
     * The upstream, another aggregator, keeps the nonce and has no verdict on it yet. Not trouble: it is to be asked again.
     *
     * @param message the upstream's message
     */
    record Held(UpstreamMessage message) implements SubmitOutcome {
        /**
         * Checks that there is a message.
         *
         * @throws NullPointerException when it is null
         */
        public Held {
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
