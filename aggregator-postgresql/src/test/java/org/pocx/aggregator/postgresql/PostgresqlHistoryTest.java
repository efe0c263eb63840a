package org.pocx.aggregator.postgresql;

import org.pocx.aggregator.statistics.testkit.FarmHistoryContract;

class PostgresqlHistoryTest extends FarmHistoryContract<PostgresqlStore> {
    @Override
    protected PostgresqlStore open() throws Exception {
        return TestServer.open(TestServer.emptyDatabase());
    }
}
