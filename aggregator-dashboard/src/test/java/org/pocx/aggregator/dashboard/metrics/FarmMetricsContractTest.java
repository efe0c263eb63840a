package org.pocx.aggregator.dashboard.metrics;

import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;

class FarmMetricsContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new FarmMetrics(new MetricsSettings("1", 10), System::nanoTime).listener();
    }
}
