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
     * @param code the JSON-RPC error code; 0 where the answer has none
     * @param message the upstream's error message
     * @param badProof whether the proof is bad, which counts against its machine; false when another part of the request is
     *     bad, such as its coinbase outputs, which says nothing about the plot
     */
    record Rejected(long code, String message, boolean badProof) implements SubmitOutcome {}

    /**
     * The upstream is, or believes to be, at another block.
     *
     * @param code the JSON-RPC error code
     * @param message the upstream's words
     */
    record Stale(long code, String message) implements SubmitOutcome {}
}
