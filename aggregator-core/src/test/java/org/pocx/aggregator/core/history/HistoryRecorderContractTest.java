package org.pocx.aggregator.core.history;

import java.time.Instant;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.store.InMemorySubmissionStore;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.SettableClock;

class HistoryRecorderContractTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        InMemorySubmissionStore store = new InMemorySubmissionStore();
        return new HistoryRecorder(
                120, System::nanoTime, new SettableClock(Instant.EPOCH), store.history(),
                change -> store.write(change).join(), event -> {});
    }
}
