package org.pocx.aggregator.dashboard.metrics;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * Where figures come from that no event tells. Each is asked once a second at most.
 *
 * @param snapshot the farm's state; may be a second old
 * @param load what is on its way to the upstream
 * @param miningInfoAge since the upstream last answered with mining info
 */
public record MetricsSource(
        Supplier<FarmSnapshot> snapshot, Supplier<ForwardLoad> load, Supplier<Optional<Duration>> miningInfoAge) {
    /**
     * Takes sources that are all there.
     *
     * @throws NullPointerException when a value is null
     */
    public MetricsSource {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(miningInfoAge, "miningInfoAge");
    }
}
