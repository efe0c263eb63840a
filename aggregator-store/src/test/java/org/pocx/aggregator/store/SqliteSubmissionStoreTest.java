package org.pocx.aggregator.store;

import static org.pocx.aggregator.store.Fixtures.NOW;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.SubmissionStoreContract;

class SqliteSubmissionStoreTest extends SubmissionStoreContract {
    @TempDir Path folder;

    @Override
    protected SubmissionStore open() {
        return SqliteSubmissionStore.open(
                Fixtures.settings(folder.resolve("aggregator.db")), InstantSource.fixed(NOW));
    }

    @Override
    protected SubmissionStore restart(SubmissionStore store) {
        store.close();
        return open();
    }
}
