package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.event.Fate;

/**
 * The progress of the current round.
 *
 * @param blockHash identifies the round
 * @param height u64
 * @param begunAt when it was first announced, wall clock
 * @param counts the nonces of this round
 * @param best the best nonce that was selected for sending and was not rejected
 * @param lastRejection its last rejected nonce, or {@link Rejection#NONE}
 */
public record RoundProgress(
        String blockHash,
        long height,
        Instant begunAt,
        WorkCounts counts,
        Optional<Best> best,
        Rejection lastRejection) {

    /**
     * The best nonce of the round.
     *
     * @param rawQuality u64; the confirmed one if it is confirmed, otherwise the claim
     * @param pocTime u64 seconds
     * @param accountId 40 hex characters
     * @param machine its id
     * @param fate its state
     * @param inFlight whether it is being sent now
     * @param words why it waits, or empty
     */
    public record Best(
            long rawQuality,
            long pocTime,
            String accountId,
            String machine,
            Fate fate,
            boolean inFlight,
            String words) {}

    /**
     * A nonce that was rejected.
     *
     * @param machine id of the machine that sent it
     * @param accountId 40 lower-case hex characters
     * @param words the upstream's error message
     */
    public record Rejection(String machine, String accountId, String words) {
        /** No nonce was rejected. */
        public static final Rejection NONE = new Rejection("", "", "");
    }
}
