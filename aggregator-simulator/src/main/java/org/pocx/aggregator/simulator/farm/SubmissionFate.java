package org.pocx.aggregator.simulator.farm;

/** What became of a nonce, as its machine knows it. */
public sealed interface SubmissionFate {

    /**
     * It was taken.
     *
     * @param rawQuality u64, as answered
     * @param pocTime u64 seconds, as answered
     * @param asExpected whether both are what the machine reckons them to be
     */
    record Receipt(long rawQuality, long pocTime, boolean asExpected) implements SubmissionFate {}

    /**
     * It was refused, and the machine let it go for good: an HTTP error, a JSON-RPC error, or an answer that is none.
     *
     * @param why one line
     */
    record Dropped(String why) implements SubmissionFate {}

    /**
     * The transport failed to the last; nobody has it.
     *
     * @param why one line, on the last failure
     */
    record Lost(String why) implements SubmissionFate {}
}
