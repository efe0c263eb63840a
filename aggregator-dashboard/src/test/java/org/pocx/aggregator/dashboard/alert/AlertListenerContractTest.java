package org.pocx.aggregator.dashboard.alert;

import java.time.Instant;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.statistics.MachineDirectory;

class AlertListenerContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new AlertListener(
                "pool", new MachineDirectory(), new ManualScheduler(), new SettableClock(Instant.EPOCH), alert -> {});
    }
}
