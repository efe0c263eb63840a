package org.pocx.aggregator.core.store;

import org.pocx.aggregator.core.testkit.SubmissionStoreContract;

class InMemorySubmissionStoreTest extends SubmissionStoreContract {

    @Override
    protected SubmissionStore open() {
        return new InMemorySubmissionStore();
    }

    @Override
    protected SubmissionStore restart(SubmissionStore store) {
        return store;
    }
}
