package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.store.Fixtures.NOW;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SubmissionStoreContract;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.statistics.history.HistoryPage;

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

    @Test
    void close_leavesNoThread() {
        Threads before = Threads.now();
        try (SqliteSubmissionStore other = SqliteSubmissionStore.open(
                Fixtures.settings(folder.resolve("other.db")), InstantSource.fixed(NOW))) {
            other.write(new StoreChange.RoundAnnounced(Nonces.round(1), NOW)).join();
            assertThat(other.history().rounds(HistoryPage.newest(1))).isEmpty();
        }

        before.awaitNoOthers();
    }
}
