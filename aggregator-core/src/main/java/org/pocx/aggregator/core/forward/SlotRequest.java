package org.pocx.aggregator.core.forward;

import java.util.Comparator;

/**
 * A lane's request for a slot. Immutable.
 *
 * @param timeouts in a row under the lane's key: fewer go first
 * @param recency of its round: the current one goes before older ones
 * @param waitingNanos since when it waits: the longest wait goes first
 * @param rawQuality u64, of its candidate: of requests that came together the better goes first
 * @param number of the request, unique
 * @param isResend whether it is for the lane's confirmed best, to be sent again
 */
record SlotRequest(
        LaneRunner lane, int timeouts, long recency, long waitingNanos, long rawQuality, long number,
        boolean isResend) {

    static final Comparator<SlotRequest> ORDER = Comparator.comparingLong(SlotRequest::recency)
            .reversed()
            .thenComparingInt(SlotRequest::timeouts)
            .thenComparing(SlotRequest::waitingNanos, (a, b) -> Long.signum(a - b))
            .thenComparing(SlotRequest::rawQuality, Long::compareUnsigned)
            .thenComparingLong(SlotRequest::number);

    /** What is bounded separately. */
    enum Kind {
        /** Nothing, except by the number of slots. */
        NEW,
        /** Under a key whose last attempt timed out. */
        AFTER_TIMEOUT,
        /** A confirmed nonce that is sent again. */
        RESEND
    }

    Kind kind() {
        if (isResend) {
            return Kind.RESEND;
        }
        return timeouts > 0 ? Kind.AFTER_TIMEOUT : Kind.NEW;
    }

    /** The same lane, ordered by what its round is now. */
    SlotRequest renewed() {
        return new SlotRequest(lane, timeouts, lane.round().recency(), waitingNanos, rawQuality, number, isResend);
    }
}
