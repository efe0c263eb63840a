package org.pocx.aggregator.statistics;

import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.ManualScheduler;

class FarmStatisticsContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return FarmStatistics.builder().scheduler(new ManualScheduler()).build();
    }
}
