package org.pocx.aggregator.core.forward;

import java.time.Instant;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/**
 * What a lane has to know when something happens to it.
 *
 * @param now monotonic clock, nanoseconds
 * @param time wall clock
 * @param round its round, in the form announced last
 * @param openedNanos when the round was first announced, monotonic clock
 * @param isCurrent whether its round is the current one
 * @param mayRetry whether a nonce without a verdict is still to be sent again
 * @param incarnation number of the upstream's incarnation
 * @param pollsAreGood whether the last poll was answered
 * @param upstream the id of the active upstream
 * @param isOpenThere whether its round is among the last ones that the active upstream announced
 * @param waitsForVerdicts whether the active upstream has shown that it answers when it has a verdict
 */
record LaneFacts(
        long now,
        Instant time,
        Round round,
        long openedNanos,
        boolean isCurrent,
        boolean mayRetry,
        long incarnation,
        boolean pollsAreGood,
        String upstream,
        boolean isOpenThere,
        boolean waitsForVerdicts) {

    /** Whether an attempt that began then is one that the upstream lets wait, so that it keeps no other one back. */
    boolean isWaitingSince(long sentNanos) {
        return waitsForVerdicts && now - sentNanos >= AttemptsInFlight.WAITING_AFTER;
    }

    /** Facts of a lane whose upstream is the only one. */
    LaneFacts(
            long now,
            Instant time,
            Round round,
            long openedNanos,
            boolean isCurrent,
            boolean mayRetry,
            long incarnation,
            boolean pollsAreGood) {
        this(
                now, time, round, openedNanos, isCurrent, mayRetry, incarnation, pollsAreGood, NamedUpstream.UNNAMED,
                true,
                false);
    }
}
