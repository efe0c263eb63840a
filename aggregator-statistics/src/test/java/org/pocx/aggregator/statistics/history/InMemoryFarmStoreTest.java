package org.pocx.aggregator.statistics.history;

import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.SubmissionStoreContract;

final class InMemoryFarmStoreTest extends SubmissionStoreContract {
    @Override
    protected SubmissionStore open() {
        return new InMemoryFarmStore();
    }

    @Override
    protected SubmissionStore restart(SubmissionStore store) {
        return store;
    }
}
