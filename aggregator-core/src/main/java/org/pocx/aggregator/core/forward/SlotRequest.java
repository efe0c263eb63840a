package org.pocx.aggregator.core.forward;

import java.util.Comparator;

/**
 * A lane's request for a slot. Immutable.
 *
 * @param key what is known of the lane's filter key: fewer failures go first
 * @param recency of its round: the current one goes before older ones
 * @param readyNanos since when it waits: the longest wait goes first
 * @param rawQuality u64, of its candidate: of requests that came together the better goes first
 * @param number of the request, unique
 * @param resend whether it is for the lane's confirmed best, to be sent again
 */
record SlotRequest(LaneRunner lane, KeyHistory key, long recency, long readyNanos, long rawQuality, long number, boolean resend) {

    static final Comparator<SlotRequest> ORDER = Comparator.comparingLong(SlotRequest::recency)
            .reversed()
            .thenComparingInt(request -> request.key().strikes())
            .thenComparing(SlotRequest::readyNanos, (a, b) -> Long.signum(a - b))
            .thenComparing(SlotRequest::rawQuality, Long::compareUnsigned)
            .thenComparingLong(SlotRequest::number);

    /** The same lane, ordered by what its round is now. */
    SlotRequest renewed() {
        return new SlotRequest(lane, key, lane.round().recency(), readyNanos, rawQuality, number, resend);
    }

    KeyStatus status() {
        return key.status();
    }

    /** What comes behind all requests of the same round and number of strikes that wait less long, and before others. */
    SlotRequest afterAllOfItsKind() {
        return new SlotRequest(lane, key, recency, readyNanos + Long.MAX_VALUE, rawQuality, number, resend);
    }
}
