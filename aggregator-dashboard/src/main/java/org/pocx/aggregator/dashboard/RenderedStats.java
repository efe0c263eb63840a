package org.pocx.aggregator.dashboard;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * The bytes of {@code /stats}, rendered once for each snapshot however many ask.
 *
 * <p>Thread-safe: the last rendering is one immutable value in a volatile field; two threads that meet a new snapshot
 * at the same time may both render it, to the same bytes.
 */
public final class RenderedStats implements Supplier<byte[]> {
    private final Supplier<FarmSnapshot> snapshots;
    private volatile @Nullable Rendering last;

    /**
     * Renders nothing before the first question.
     *
     * @param snapshots gives the same object for as long as its figures are to be shown; never null
     */
    public RenderedStats(Supplier<FarmSnapshot> snapshots) {
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    }

    /** UTF-8 JSON; not to be changed by the caller. */
    @Override
    @SuppressWarnings("ReferenceEquality") // comparing two farms machine by machine would cost what it saves
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
