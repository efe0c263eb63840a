package org.pocx.aggregator.core.mining;

import java.time.Instant;
import java.util.Objects;

/**
 * A nonce as it was received. It is what lanes, events and the store pass on.
 *
 * @param submission the request of the miner, its hex in lower case
 * @param miner the machine that it counts for
 * @param receivedAt wall clock, to the microsecond at least
 */
public record ReceivedNonce(NonceSubmission submission, MinerId miner, Instant receivedAt) {
    /**
     * Checks the values.
     *
     * @throws NullPointerException when one is null; names it
     */
    public ReceivedNonce {
        Objects.requireNonNull(submission, "submission");
        Objects.requireNonNull(miner, "miner");
        Objects.requireNonNull(receivedAt, "receivedAt");
    }
}
