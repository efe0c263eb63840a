package org.pocx.aggregator.dashboard.live;

import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;

class LiveFeedContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new LiveFeed();
    }
}
