package org.pocx.aggregator.dashboard.metrics;

import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.statistics.FarmSnapshot;

/** The source's figures at one moment, so that those of one scrape agree. */
record FarmView(FarmSnapshot farm, ForwardLoad load, Optional<Duration> miningInfoAge) {

    static FarmView of(MetricsSource source) {
        return new FarmView(
                source.snapshot().get(), source.load().get(), source.miningInfoAge().get());
    }
}
