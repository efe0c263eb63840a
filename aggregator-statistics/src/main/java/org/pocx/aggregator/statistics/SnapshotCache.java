package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot no more often than it costs: one that took 20 ms is good for a second, so that it does not matter how
 * many ask. None is good for longer, as one that was slow by chance, on a busy computer, would hide what happens since.
 * Thread-safe: one thread at a time takes one, under this object's monitor.
 */
public final class SnapshotCache {
    /** How old a snapshot may be, whatever it cost. */
    public static final Duration OLDEST = Duration.ofSeconds(1);

    private static final long COST_FACTOR = 50;

    private final Supplier<FarmSnapshot> source;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Taken> last = new AtomicReference<>();

    /**
     * Takes no snapshot before the first question.
     *
     * @param source takes a snapshot, at a cost in proportion to the farm
     * @param nanoTime a monotonic clock
     */
    public SnapshotCache(Supplier<FarmSnapshot> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** {@return the last snapshot while it is good, or a new one} */
    public FarmSnapshot get() {
        Taken taken = last.get();
        return taken != null && isGood(taken) ? taken.snapshot : takeOne();
    }

    private synchronized FarmSnapshot takeOne() {
        Taken taken = last.get();
        if (taken != null && isGood(taken)) {
            return taken.snapshot;
        }
        long begun = nanoTime.getAsLong();
        FarmSnapshot snapshot = source.get();
        long ended = nanoTime.getAsLong();
        last.set(new Taken(snapshot, ended, Math.min((ended - begun) * COST_FACTOR, OLDEST.toNanos())));
        return snapshot;
    }

    private boolean isGood(Taken taken) {
        return nanoTime.getAsLong() - taken.atNanos < taken.goodForNanos;
    }

    private record Taken(FarmSnapshot snapshot, long atNanos, long goodForNanos) {}
}
