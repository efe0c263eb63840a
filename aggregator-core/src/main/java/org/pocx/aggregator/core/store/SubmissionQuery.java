package org.pocx.aggregator.core.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which submissions.
 *
 * @param accountId of this account alone
 * @param machine of this address alone
 * @param height u64, of this block alone
 * @param outcome without: the best nonce that was received and not rejected, of each account, machine and block. With:
 *     all that were forwarded and ended so
 */
public record SubmissionQuery(
        HistoryPage page,
        Optional<String> accountId,
        Optional<String> machine,
        OptionalLong height,
        Optional<Verdict.Outcome> outcome) {

    /** All bests. */
    public static SubmissionQuery bests(HistoryPage page) {
        return new SubmissionQuery(page, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }
}
