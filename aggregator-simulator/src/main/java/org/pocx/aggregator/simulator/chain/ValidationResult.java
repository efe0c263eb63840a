package org.pocx.aggregator.simulator.chain;

/** The chain's answer to a nonce. */
public sealed interface ValidationResult {

    /**
     * The nonce is valid.
     *
     * @param rawQuality u64, as the chain computed it
     * @param pocTime u64, seconds after the previous block
     */
    record Accepted(long rawQuality, long pocTime) implements ValidationResult {}

    /**
     * The nonce is not accepted.
     *
     * @param reason each dialect has an error code for it
     * @param message the error message of a node
     * @param expectedHeight u64, the height of the block being mined; part of the answer for {@link RejectReason#HEIGHT}
     */
    record Rejected(RejectReason reason, String message, long expectedHeight) implements ValidationResult {}
}
