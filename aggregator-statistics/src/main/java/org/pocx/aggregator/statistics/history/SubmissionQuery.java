package org.pocx.aggregator.statistics.history;

import java.util.Optional;
import java.util.OptionalLong;
import org.pocx.aggregator.core.store.Verdict;

/**
 * Which submissions.
 *
 * @param page which part of the list, newest first
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

    /**
     * {@return a question for the best nonce, received and not rejected, of each account, machine and block}
     *
     * @param page which part of the list, newest first
     */
    public static SubmissionQuery bests(HistoryPage page) {
        return new SubmissionQuery(page, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }
}
