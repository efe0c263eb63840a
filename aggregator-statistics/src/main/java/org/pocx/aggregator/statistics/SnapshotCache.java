package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Caches the snapshot for fifty times as long as taking it took, so that the load does not depend on the number of
 * calls: a snapshot that took 20 ms is used for 1 s. This is also the maximum, so that a snapshot that was slow on a
 * busy machine does not hide later changes. Thread-safe: one thread at a time takes a snapshot, under this object's
 * monitor.
 */
public final class SnapshotCache {
    /** The maximum age of a snapshot. */
    public static final Duration OLDEST = Duration.ofSeconds(1);

    private static final long COST_FACTOR = 50;

    private final Supplier<FarmSnapshot> source;
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Taken> last = new AtomicReference<>();

    /**
     * Creates a cache. No snapshot is taken before the first call.
     *
     * @param source takes a snapshot; its cost is proportional to the size of the farm
     * @param nanoTime a monotonic clock
     */
    public SnapshotCache(Supplier<FarmSnapshot> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    /** {@return the last snapshot while it is valid, otherwise a new one} */
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

    /** Makes the next call take a new snapshot: the owner changed something and looks at the result. */
    synchronized void forget() {
        last.set(null);
    }

    private boolean isGood(Taken taken) {
        return nanoTime.getAsLong() - taken.atNanos < taken.goodForNanos;
    }

    private record Taken(FarmSnapshot snapshot, long atNanos, long goodForNanos) {}
}
