package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.Verdict;

/**
 * The record of a round.
 *
 * @param blockHash identifies the round: 64 lower-case hex characters
 * @param height u64, as last announced
 * @param baseTarget u64, as last announced
 * @param begunAt when it was first announced, wall clock
 * @param until when it was last known to be the current one, wall clock
 * @param best its best nonce that was not rejected, if there is one
 * @param counts the nonces of this round
 * @param capacityTib the farm's capacity at its end; {@link Double#NaN} if unknown
 * @param activeMachines the number of active machines at the end
 */
public record RoundRecord(
        String blockHash,
        long height,
        long baseTarget,
        Instant begunAt,
        Instant until,
        Optional<Best> best,
        WorkCounts counts,
        double capacityTib,
        int activeMachines) {

    /**
     * The best nonce of a round.
     *
     * @param rawQuality u64
     * @param pocTime u64 seconds
     * @param accountId 40 lower-case hex characters
     * @param machine its id
     * @param outcome its outcome, or null while it is pending
     */
    public record Best(
            long rawQuality, long pocTime, String accountId, String machine, Verdict.@Nullable Outcome outcome) {}
}
