package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A nonce of the past.
 *
 * @param accountId 40 hex characters (other programs write this table, too: any text is possible)
 * @param machine address
 * @param height u64
 * @param rawQuality u64; where the upstream's figure is worse than the claim, that figure
 * @param at when it was received, wall clock
 * @param ending how it ended, where it was forwarded and that is known
 */
public record SubmissionRecord(
        String accountId, String machine, long height, long rawQuality, Instant at, Optional<Ending> ending) {

    /**
     * The end of a nonce that was forwarded.
     *
     * @param outcome the verdict
     * @param baseTarget u64, of its round
     * @param code the upstream's JSON-RPC error code, or 0
     * @param message the upstream's words, or empty
     * @param at when the verdict fell, wall clock
     */
    public record Ending(Verdict.Outcome outcome, long baseTarget, long code, String message, Instant at) {}
}
