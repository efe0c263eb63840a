package org.pocx.aggregator.cli.verification;

import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;

class AuditQueueContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new AuditQueue();
    }
}
