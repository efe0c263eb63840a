package org.pocx.aggregator.core.forward;

import java.util.Comparator;

/**
 * A lane that could send. Immutable.
 *
 * @param recency of its round: the current one goes before older ones
 * @param readyNanos since when it could send: who waits longest goes first
 * @param rawQuality u64, of its candidate: among those that came together the better goes first
 * @param number of the ticket: no two are alike
 */
record Ticket(Lane lane, Health health, long recency, long readyNanos, long rawQuality, long number) {

    static final Comparator<Ticket> ORDER = Comparator.comparingLong(Ticket::recency)
            .reversed()
            .thenComparing(Ticket::readyNanos, (a, b) -> Long.signum(a - b))
            .thenComparing(Ticket::rawQuality, Long::compareUnsigned)
            .thenComparingLong(Ticket::number);

    /** The same lane, ordered by what its round is now. */
    Ticket renewed() {
        return new Ticket(lane, health, lane.round().recency(), readyNanos, rawQuality, number);
    }

    /** What comes behind each ticket of the same round that waits less long, and before those of older rounds. */
    Ticket afterAllOfItsRound() {
        return new Ticket(lane, health, recency, readyNanos + Long.MAX_VALUE, rawQuality, number);
    }
}
