package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.event.Fate;

/**
 * How the current round goes so far.
 *
 * @param blockHash names it
 * @param height u64
 * @param begunAt when it was announced first, wall clock
 * @param counts what came in for it
 * @param best the best nonce that was to be sent and was not rejected
 * @param lastRejection the last nonce of it that was rejected, or {@link Rejection#NONE}
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
     * @param rawQuality u64, the one that counts
     * @param pocTime u64 seconds
     * @param accountId 40 hex characters
     * @param machine address
     * @param fate where it stands
     * @param inFlight whether the upstream has it just now
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
     * @param machine address of the machine that sent it
     * @param accountId 40 lower-case hex characters
     * @param words the upstream's
     */
    public record Rejection(String machine, String accountId, String words) {
        /** None was. */
        public static final Rejection NONE = new Rejection("", "", "");
    }
}
