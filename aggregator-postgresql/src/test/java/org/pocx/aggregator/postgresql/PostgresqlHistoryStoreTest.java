package org.pocx.aggregator.postgresql;

import org.pocx.aggregator.statistics.testkit.HistoryStoreContract;

class PostgresqlHistoryStoreTest extends HistoryStoreContract<PostgresqlStore> {
    private DatabaseUrl url;

    @Override
    protected PostgresqlStore open() throws Exception {
        url = TestServer.emptyDatabase();
        return TestServer.open(url);
    }

    @Override
    protected PostgresqlStore restart(PostgresqlStore store) {
        store.close();
        return TestServer.open(url);
    }
}
