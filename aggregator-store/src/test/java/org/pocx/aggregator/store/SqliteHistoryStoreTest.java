package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.statistics.testkit.HistoryStoreContract;

class SqliteHistoryStoreTest extends HistoryStoreContract<SqliteSubmissionStore> {
    @TempDir Path folder;

    @Override
    protected SqliteSubmissionStore open() {
        return SqliteSubmissionStore.open(
                Fixtures.settings(folder.resolve("aggregator.db")), InstantSource.fixed(Fixtures.NOW));
    }

    @Override
    protected SqliteSubmissionStore restart(SqliteSubmissionStore store) {
        store.close();
        return open();
    }
}
