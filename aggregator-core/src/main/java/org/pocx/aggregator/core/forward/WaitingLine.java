package org.pocx.aggregator.core.forward;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The lanes of one {@link Health} that wait for a slot. The longest wait has its turn first; while the line is clogged by
 * lanes that hang, every second turn is the shortest wait's, so that whoever comes late does not have to wait for all
 * that hang before him. Not thread-safe: the {@link Dispatcher} guards it.
 */
final class WaitingLine {
    private final TreeSet<Ticket> tickets = new TreeSet<>(Ticket.ORDER);
    private boolean turnOfTheLast;

    void add(Ticket ticket) {
        tickets.add(ticket);
    }

    /** The ticket whose turn it is; stays in the line. */
    Optional<Ticket> next(boolean clogged) {
        if (tickets.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(clogged && turnOfTheLast ? lastOfItsKind() : tickets.first());
    }

    /** A ticket's turn has come. */
    void leave(Ticket ticket) {
        tickets.remove(ticket);
        turnOfTheLast = !turnOfTheLast;
    }

    private Ticket lastOfItsKind() {
        Ticket first = tickets.first();
        Ticket last = tickets.lower(first.afterAllOfItsKind());
        return last == null ? first : last;
    }

    boolean isEmpty() {
        return tickets.isEmpty();
    }

    /** The rounds have another order now. */
    void reorder() {
        List<Ticket> all = List.copyOf(tickets);
        tickets.clear();
        all.forEach(ticket -> tickets.add(ticket.renewed()));
    }
}
