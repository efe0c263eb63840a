package org.pocx.aggregator.dashboard.live;

import org.pocx.aggregator.core.stats.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;

class LiveFeedContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new LiveFeed();
    }
}
