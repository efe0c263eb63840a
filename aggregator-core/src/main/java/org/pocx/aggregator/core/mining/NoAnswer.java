package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * The connection is to be closed without an answer, so that the miner sends its nonce again: it could neither be made
 * durable nor judged in time.
 *
 * @param reason one line for the log; never sent to the miner
 */
public record NoAnswer(String reason) implements SubmissionAnswer {
    /**
     * Checks the values.
     *
     * @throws NullPointerException when one is null; names it
     */
    public NoAnswer {
        Objects.requireNonNull(reason, "reason");
    }
}
