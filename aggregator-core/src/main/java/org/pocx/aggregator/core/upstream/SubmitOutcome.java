package org.pocx.aggregator.core.upstream;

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
     * @param code the JSON-RPC error code
     * @param message the upstream's words
     * @param scope how far the verdict reaches
     */
    record Rejected(long code, String message, Scope scope) implements SubmitOutcome {
        /** What a rejection is about. */
        public enum Scope {
            /** This nonce is bad. Its machine answers for it. */
            NONCE,
            /** No nonce of this account can be accepted (-5, -32007). No fault of the machine. */
            ACCOUNT
        }
    }

    /**
     * The upstream is, or believes to be, at another block.
     *
     * @param code the JSON-RPC error code
     * @param message the upstream's words
     */
    record Stale(long code, String message) implements SubmitOutcome {}
}
