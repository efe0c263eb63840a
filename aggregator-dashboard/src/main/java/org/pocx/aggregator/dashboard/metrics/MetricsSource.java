package org.pocx.aggregator.dashboard.metrics;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.statistics.FarmSnapshot;

/**
 * The sources of values that are not counted from events. Each is read at most once per second.
 *
 * @param snapshot the farm's state; may be 1 s old
 * @param load the nonces that are being sent or wait to be sent
 * @param miningInfoAge time since the upstream last answered with mining info
 */
public record MetricsSource(
        Supplier<FarmSnapshot> snapshot, Supplier<ForwardLoad> load, Supplier<Optional<Duration>> miningInfoAge) {
    /**
     * Checks that no value is missing.
     *
     * @throws NullPointerException if a value is null
     */
    public MetricsSource {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(load, "load");
        Objects.requireNonNull(miningInfoAge, "miningInfoAge");
    }
}
