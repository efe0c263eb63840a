package org.pocx.aggregator.protocol.jsonrpc;

/**
 * What the result of {@code submit_nonce} says. An older form of the node's interface answers {@code accepted} and, inside the
 * result, {@code error}.
 */
public sealed interface SubmissionResult {
    /**
     * The upstream accepted the nonce and computed its quality.
     *
     * @param rawQuality u64
     */
    record Quality(long rawQuality) implements SubmissionResult {}

    /** The upstream accepted the nonce and names no raw quality. */
    record Taken() implements SubmissionResult {}

    /**
     * The upstream rejected the nonce.
     *
     * @param error its error message; may be empty
     */
    record Refused(String error) implements SubmissionResult {}

    /** Neither of these. */
    record NoVerdict() implements SubmissionResult {}
}
