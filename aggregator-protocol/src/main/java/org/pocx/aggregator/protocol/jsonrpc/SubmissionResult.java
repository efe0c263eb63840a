package org.pocx.aggregator.protocol.jsonrpc;

/**
 * The verdict in the result of {@code submit_nonce}. An older form of the node's interface returns {@code accepted} and
 * {@code error} inside the result.
 */
public sealed interface SubmissionResult {
    /**
     * The upstream accepted the nonce and computed its quality.
     *
     * @param rawQuality u64
     */
    record AcceptedWithQuality(long rawQuality) implements SubmissionResult {}

    /** The upstream accepted the nonce and returned no raw quality. */
    record Accepted() implements SubmissionResult {}

    /** The upstream, another aggregator, has one confirmed that is at least as good. */
    record Filtered() implements SubmissionResult {}

    /**
     * The upstream rejected the nonce.
     *
     * @param error its error message; may be empty
     */
    record Rejected(String error) implements SubmissionResult {}

    /** The result contains no verdict. */
    record NoVerdict() implements SubmissionResult {}
}
