package org.pocx.aggregator.statistics.record;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * Counts what happens to nonces. Thread-safe without a lock, as every submission comes by: a reader may see a nonce that
 * is just being moved in neither place.
 */
final class FateCounters {
    private final LongAdder received = new LongAdder();
    private final Map<Fate, LongAdder> fates = new EnumMap<>(Fate.class);

    FateCounters() {
        for (Fate fate : Fate.values()) {
            fates.put(fate, new LongAdder());
        }
    }

    /** Counts where nonces stand: one that moves leaves its old place. */
    void move(FateChanged event) {
        if (event.before() == null) {
            received.increment();
        } else {
            of(event.before()).decrement();
        }
        of(event.after()).increment();
    }

    /** Counts what happens: a nonce that is rejected after it was filtered counts for both. */
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

    /** What happened since the last call. */
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
