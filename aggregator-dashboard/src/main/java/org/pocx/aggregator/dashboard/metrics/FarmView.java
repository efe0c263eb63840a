package org.pocx.aggregator.dashboard.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.UpstreamStatus;
import org.pocx.aggregator.statistics.FarmSnapshot;

/** The values of the sources at one time, so that the metrics of one scrape are consistent. */
record FarmView(
        FarmSnapshot farm, ForwardLoad load, Optional<Duration> miningInfoAge, List<UpstreamStatus> upstreams) {

    static FarmView of(MetricsSource source) {
        return new FarmView(
                source.snapshot().get(),
                source.load().get(),
                source.miningInfoAge().get(),
                source.upstreams().get());
    }
}
