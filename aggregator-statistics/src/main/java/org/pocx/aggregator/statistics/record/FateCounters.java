package org.pocx.aggregator.statistics.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * Counts nonces by state. Thread-safe without a lock, because each submission is counted: while a nonce changes its
 * state, a reader may see it in neither state.
 */
final class FateCounters {
    private final LongAdder received = new LongAdder();
    private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);

    FateCounters() {
        for (Fate fate : Fate.values()) {
            fates.put(fate, new LongAdder());
        }
    }

    /** Counts nonces in their current state: a nonce that changes its state leaves the old one. */
    void move(FateChanged event) {
        if (event.before() == null) {
            received.increment();
        } else {
            of(event.before()).decrement();
        }
        of(event.after()).increment();
    }

    /** Counts changes: a nonce that is rejected after it was filtered counts for both. */
    void happen(FateChanged event) {
        if (event.before() == null) {
            received.increment();
        }
        of(event.after()).increment();
    }

    private LongAdder of(Fate fate) {
        LongAdder adder = fates.get(fate);
        if (adder == null) {
            throw new AssertionError(fate);
        }
        return adder;
    }

    WorkCounts counts() {
        return new WorkCounts(
                received.sum(),
                of(Fate.FILTERED).sum() + of(Fate.SUPERSEDED).sum(),
                of(Fate.CONFIRMED).sum(),
                of(Fate.REJECTED).sum(),
                of(Fate.STALE).sum(),
                of(Fate.EXPIRED).sum());
    }

    /** The counts since the last call. */
    WorkCounts drain() {
        long filtered = of(Fate.FILTERED).sumThenReset();
        of(Fate.SUPERSEDED).reset();
        return new WorkCounts(
                received.sumThenReset(),
                filtered,
                of(Fate.CONFIRMED).sumThenReset(),
                of(Fate.REJECTED).sumThenReset(),
                of(Fate.STALE).sumThenReset(),
                of(Fate.EXPIRED).sumThenReset());
    }
}
