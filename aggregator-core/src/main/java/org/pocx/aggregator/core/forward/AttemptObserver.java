package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.upstream.SubmitOutcome;

/** Learns how attempts to send nonces ended. Called on many threads, without a lock; must not block for long. */
@FunctionalInterface
public interface AttemptObserver {

    /**
     * An attempt ended, and its lane knows.
     *
     * @param upstream the id of the upstream
     * @param accountId of the nonce
     * @param outcome how it ended
     * @param isCut whether it was ended by the aggregator
     * @param begunNanos when it began, monotonic clock
     */
    void ended(String upstream, String accountId, SubmitOutcome outcome, boolean isCut, long begunNanos);
}
