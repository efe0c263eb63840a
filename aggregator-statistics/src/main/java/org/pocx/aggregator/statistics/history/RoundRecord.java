package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A round as the farm lived through it.
 *
 * @param blockHash names the round: 64 lower-case hex characters
 * @param height u64, as announced last
 * @param baseTarget u64, as announced last
 * @param begunAt when it was announced first, wall clock
 * @param until when it was last known to be the current one, wall clock
 * @param best its best nonce that was not rejected, where there is one
 * @param counts what came in for it
 * @param capacityTib the farm's capacity by the end of it; {@link Double#NaN} where that is unknown
 * @param activeMachines by the end of it
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
     * @param machine address
     * @param outcome how it ended, or null while it is on its way
     */
    public record Best(
            long rawQuality, long pocTime, String accountId, String machine, Verdict.@Nullable Outcome outcome) {}
}
