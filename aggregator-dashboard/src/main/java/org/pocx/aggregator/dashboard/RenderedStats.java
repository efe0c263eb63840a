package org.pocx.aggregator.dashboard;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * The bytes of {@code /stats}, rendered once for each snapshot.
 *
 * <p>Thread-safe: the last rendering is an immutable value in a volatile field. Two threads may render a new snapshot
 * at the same time, to the same bytes.
 */
public final class RenderedStats implements Supplier<byte[]> {
    private final Supplier<FarmSnapshot> snapshots;
    private volatile @Nullable Rendering last;

    /**
     * Creates a cache. Nothing is rendered before the first call.
     *
     * @param snapshots returns the same object while its values are valid; never null
     */
    public RenderedStats(Supplier<FarmSnapshot> snapshots) {
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    }

    /** Returns UTF-8 JSON, which the caller must not change. */
    @Override
    @SuppressWarnings("ReferenceEquality") // comparing the content would be as expensive as rendering
    public byte[] get() {
        FarmSnapshot snapshot = snapshots.get();
        Rendering rendering = last;
        if (rendering == null || rendering.snapshot != snapshot) {
            rendering = new Rendering(snapshot, StatsJson.render(snapshot));
            last = rendering;
        }
        return rendering.json;
    }

    private static final class Rendering {
        private final FarmSnapshot snapshot;
        private final byte[] json;

        Rendering(FarmSnapshot snapshot, byte[] json) {
            this.snapshot = snapshot;
            this.json = json;
        }
    }
}
