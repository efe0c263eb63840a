package org.pocx.aggregator.core.stats;

import java.time.Instant;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;

class FarmStatisticsContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new FarmStatistics(120, new ManualScheduler(), new SettableClock(Instant.EPOCH), change -> {});
    }
}
