package org.pocx.aggregator.statistics.record;

import java.time.Instant;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;

class HistoryRecorderContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        InMemoryFarmStore store = new InMemoryFarmStore();
        return new HistoryRecorder(
                120, System::nanoTime, new SettableClock(Instant.EPOCH), store.history(),
                change -> store.write(change).join(), event -> {});
    }
}
