package org.pocx.aggregator.postgresql;

import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.SubmissionStoreContract;

class PostgresqlStoreTest extends SubmissionStoreContract {
    private DatabaseUrl url;

    @Override
    protected SubmissionStore open() throws Exception {
        url = TestServer.emptyDatabase();
        return TestServer.open(url);
    }

    @Override
    protected SubmissionStore restart(SubmissionStore store) {
        store.close();
        return TestServer.open(url);
    }
}
