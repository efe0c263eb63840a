package org.pocx.aggregator.statistics.history;

import org.pocx.aggregator.statistics.testkit.HistoryStoreContract;

final class InMemoryHistoryStoreTest extends HistoryStoreContract<InMemoryFarmStore> {
    @Override
    protected InMemoryFarmStore open() {
        return new InMemoryFarmStore();
    }

    @Override
    protected InMemoryFarmStore restart(InMemoryFarmStore store) {
        return store;
    }
}
