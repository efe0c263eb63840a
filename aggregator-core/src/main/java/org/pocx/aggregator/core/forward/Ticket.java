package org.pocx.aggregator.core.forward;

import java.util.Comparator;

/**
 * A lane that could send. Immutable.
 *
 * @param key what is known of the lane's filter key: who was given up less often goes first
 * @param recency of its round: the current one goes before older ones
 * @param readyNanos since when it could send: who waits longest goes first
 * @param rawQuality u64, of its candidate: among those that came together the better goes first
 * @param number of the ticket: no two are alike
 * @param resend whether it is for the lane's confirmed best, to be sent again
 */
record Ticket(Lane lane, KeyRecord key, long recency, long readyNanos, long rawQuality, long number, boolean resend) {

    static final Comparator<Ticket> ORDER = Comparator.comparingLong(Ticket::recency)
            .reversed()
            .thenComparingInt(ticket -> ticket.key().strikes())
            .thenComparing(Ticket::readyNanos, (a, b) -> Long.signum(a - b))
            .thenComparing(Ticket::rawQuality, Long::compareUnsigned)
            .thenComparingLong(Ticket::number);

    /** The same lane, ordered by what its round is now. */
    Ticket renewed() {
        return new Ticket(lane, key, lane.round().recency(), readyNanos, rawQuality, number, resend);
    }

    Health health() {
        return key.health();
    }

    /** What comes behind all tickets of the same round and number of strikes that wait less long, and before others. */
    Ticket afterAllOfItsKind() {
        return new Ticket(lane, key, recency, readyNanos + Long.MAX_VALUE, rawQuality, number, resend);
    }
}
