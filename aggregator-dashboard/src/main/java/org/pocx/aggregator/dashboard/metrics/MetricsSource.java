package org.pocx.aggregator.dashboard.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * The sources of values that are not counted from events. Each is read at most once per second.
 *
 * @param snapshot the farm's state; may be 1 s old
 * @param load the nonces that are being sent or wait to be sent
 * @param miningInfoAge time since the upstream last answered with mining info
 * @param upstreams how each upstream is
 */
public record MetricsSource(
        Supplier<FarmSnapshot> snapshot,
        Supplier<ForwardLoad> load,
        Supplier<Optional<Duration>> miningInfoAge,
        Supplier<List<UpstreamStatus>> upstreams) {
    /**
     * The sources of a farm whose upstreams are not shown one by one.
     *
     * @param snapshot as above
     * @param load as above
     * @param miningInfoAge as above
     */
    public MetricsSource(
            Supplier<FarmSnapshot> snapshot,
            Supplier<ForwardLoad> load,
            Supplier<Optional<Duration>> miningInfoAge) {
        this(snapshot, load, miningInfoAge, List::of);
    }

    /**
     * Checks that no value is missing.
     *
     * @throws NullPointerException if a value is null
     */
    public MetricsSource {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(miningInfoAge, "miningInfoAge");
        Objects.requireNonNull(upstreams, "upstreams");
    }
}
