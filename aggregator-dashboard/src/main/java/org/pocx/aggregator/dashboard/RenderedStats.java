package org.pocx.aggregator.dashboard;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * The bytes of {@code /stats}, rendered once for each snapshot.
 *
 * <p>Thread-safe: the last rendering is an immutable value in a volatile field. Two threads may render a new snapshot
 * at the same time, to the same bytes.
 */
public final class RenderedStats implements Supplier<byte[]> {
    private final Supplier<FarmSnapshot> snapshots;
    private final Supplier<List<UpstreamStatus>> upstreams;
    private volatile @Nullable Rendering last;

    /**
     * Creates a cache. Nothing is rendered before the first call.
     *
     * @param snapshots returns the same object while its values are valid; never null
     */
    public RenderedStats(Supplier<FarmSnapshot> snapshots) {
        this(snapshots, List::of);
    }

    /**
     * Creates a cache. Nothing is rendered before the first call.
     *
     * @param snapshots returns the same object while its values are valid; never null
     * @param upstreams how each upstream is, in order of preference; returns the same object while its values are valid
     */
    public RenderedStats(Supplier<FarmSnapshot> snapshots, Supplier<List<UpstreamStatus>> upstreams) {
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
        this.upstreams = Objects.requireNonNull(upstreams, "upstreams");
    }

    /** Returns UTF-8 JSON, which the caller must not change. */
    @Override
    @SuppressWarnings("ReferenceEquality") // comparing the content would be as expensive as rendering
    public byte[] get() {
        FarmSnapshot snapshot = snapshots.get();
        List<UpstreamStatus> statuses = upstreams.get();
        Rendering rendering = last;
        if (rendering == null || rendering.snapshot != snapshot || rendering.upstreams != statuses) {
            rendering = new Rendering(snapshot, statuses, StatsJson.render(snapshot, statuses));
            last = rendering;
        }
        return rendering.json;
    }

    private static final class Rendering {
        private final FarmSnapshot snapshot;
        private final List<UpstreamStatus> upstreams;
        private final byte[] json;

        Rendering(FarmSnapshot snapshot, List<UpstreamStatus> upstreams, byte[] json) {
            this.snapshot = snapshot;
            this.upstreams = upstreams;
            this.json = json;
        }
    }
}
