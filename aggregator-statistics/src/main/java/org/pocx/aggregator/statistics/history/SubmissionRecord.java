package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A past submission.
 *
 * @param accountId 40 hex characters (other programs write this table, too: any text is possible)
 * @param machine its id
 * @param height u64
 * @param rawQuality u64; the confirmed one if it is worse than the claim
 * @param at when it was received, wall clock
 * @param ending its end, if it was forwarded and this is known
 */
public record SubmissionRecord(
        String accountId, String machine, long height, long rawQuality, Instant at, Optional<Ending> ending) {

    /**
     * The end of a nonce that was forwarded.
     *
     * @param outcome the verdict
     * @param baseTarget the base target of its round; u64
     * @param code the upstream's JSON-RPC error code, or 0
     * @param message the upstream's error message, or empty
     * @param at time of the verdict, wall clock
     */
    public record Ending(Verdict.Outcome outcome, long baseTarget, long code, String message, Instant at) {}
}
