package org.pocx.aggregator.core.forward;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The lanes of one {@link Health} that wait for a slot. The longest wait has its turn first; while the line is clogged by
 * lanes that hang, every second turn is the shortest wait's, so that whoever comes late does not have to wait for all
 * that hang before him. Not thread-safe: the {@link Dispatcher} guards it.
 */
final class SlotRequestQueue {
    private final TreeSet<SlotRequest> requests = new TreeSet<>(SlotRequest.ORDER);
    private boolean turnOfTheLast;

    void add(SlotRequest request) {
        requests.add(request);
    }

    /** The request whose turn it is; stays in the line. */
    Optional<SlotRequest> next(boolean clogged) {
        if (requests.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(clogged && turnOfTheLast ? lastOfItsKind() : requests.first());
    }

    /** A request's turn has come. */
    void remove(SlotRequest request) {
        requests.remove(request);
        turnOfTheLast = !turnOfTheLast;
    }

    private SlotRequest lastOfItsKind() {
        SlotRequest first = requests.first();
        SlotRequest last = requests.lower(first.afterAllOfItsKind());
        return last == null ? first : last;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** The rounds have another order now. */
    void reorder() {
        List<SlotRequest> all = List.copyOf(requests);
        requests.clear();
        all.forEach(request -> requests.add(request.renewed()));
    }
}
