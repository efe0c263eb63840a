package org.pocx.aggregator.statistics.history;

import java.util.Optional;
import java.util.OptionalLong;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A query for submissions.
 *
 * @param page the part of the list, newest first
 * @param accountId only of this account
 * @param machine only of this address
 * @param height only of this block; u64
 * @param outcome if absent: the best received nonce of each account, machine and block that was not rejected. If
 *     present: all forwarded nonces with this outcome
 */
public record SubmissionQuery(
        HistoryPage page,
        Optional<String> accountId,
        Optional<String> machine,
        OptionalLong height,
        Optional<Verdict.Outcome> outcome) {

    /**
     * {@return a query for the best received nonce of each account, machine and block that was not rejected}
     *
     * @param page the part of the list, newest first
     */
    public static SubmissionQuery bests(HistoryPage page) {
        return new SubmissionQuery(page, Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());
    }
}
