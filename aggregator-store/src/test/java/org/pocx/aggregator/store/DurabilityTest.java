package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.store.Fixtures.ANNOUNCED;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;
import static org.pocx.aggregator.store.Fixtures.put;
import static org.pocx.aggregator.store.Fixtures.send;
import static org.pocx.aggregator.store.Fixtures.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.jdbc.JdbcStore;

/** What is on disk after a normal or abnormal end of the process, and the number of commits. */
class DurabilityTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("aggregator.db");
    }

    @Test
    void filesOfAKilledProcess_containAllThatWasReportedAsWritten() throws Exception {
        Path after = Files.createDirectory(folder.resolve("after"));
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            await(store.write(ANNOUNCED));
            for (int i = 0; i < 200; i++) {
                await(store.write(put(i)));
            }
            copyTo(after, "aggregator.db");
            copyTo(after, "aggregator.db-wal");
        }

        try (var store = SqliteSubmissionStore.open(settings(after.resolve("aggregator.db")))) {
            assertThat(store.load(NOW).outbox()).hasSize(200);
        }
    }

    @Test
    void closedStore_leavesOneFileThatHoldsEverything() throws Exception {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            await(store.write(ANNOUNCED));
            send(store, put(1));
        }

        assertThat(folder.resolve("aggregator.db-wal")).doesNotExist();
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(store.load(NOW).outbox()).hasSize(1);
        }
    }

    @Test
    void closeWhileChangesWait_writesThemFirst() throws Exception {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            writes.add(store.write(ANNOUNCED));
            for (int i = 0; i < 2_000; i++) {
                writes.add(store.write(put(i)));
            }
        }

        assertThat(writes).allMatch(CompletableFuture::isDone);
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(store.load(NOW).outbox()).hasSize(2_000);
        }
    }

    @Test
    void changesThatWaitTogether_shareATransaction() throws Exception {
        InterceptedConnections connections = new InterceptedConnections(file);
        try (var store = connections.openStore()) {
            await(store.write(ANNOUNCED));
            CountDownLatch release = connections.holdNextCommit();
            List<CompletableFuture<Void>> writes = new ArrayList<>();
            writes.add(store.write(put(0)));
            connections.awaitHeldCommit();
            int before = connections.commits();
            for (int i = 1; i <= 1_000; i++) {
                writes.add(store.write(put(i)));
            }
            release.countDown();
            await(CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)));

            // One for all of them; retention, which runs at the start, may add a few.
            assertThat(connections.commits() - before).isBetween(1, 10);
        }
    }

    @Test
    void changesBeyondTheQueue_areRefusedAtOnce() throws Exception {
        InterceptedConnections connections = new InterceptedConnections(file);
        try (var store = connections.openStore()) {
            CountDownLatch release = connections.holdNextCommit();
            send(store, ANNOUNCED);
            connections.awaitHeldCommit();
            for (int i = 0; i < JdbcStore.MOST_CHANGES; i++) {
                send(store, put(i % 100));
            }
            CompletableFuture<Void> beyond = store.write(put(1));
            release.countDown();

            assertThat(beyond).isCompletedExceptionally();
            await(store.write(put(2)).exceptionally(full -> null));
        }
    }

    private void copyTo(Path target, String name) throws IOException {
        Files.copy(folder.resolve(name), target.resolve(name));
    }
}
