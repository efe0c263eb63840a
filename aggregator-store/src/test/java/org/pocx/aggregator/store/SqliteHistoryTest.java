package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.jdbc.JdbcStore;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.HistoryChange.RoundRecorded;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.WorkCounts;
import org.pocx.aggregator.statistics.testkit.FarmHistoryContract;

class SqliteHistoryTest extends FarmHistoryContract<SqliteSubmissionStore> {
    private static final HistoryPage PAGE = HistoryPage.newest(10);

    @TempDir Path folder;

    @Override
    protected SqliteSubmissionStore open() {
        return SqliteSubmissionStore.open(
                Fixtures.settings(folder.resolve("aggregator.db")), InstantSource.fixed(NOW));
    }

    private static RoundRecorded round() {
        return new RoundRecorded(new RoundRecord(
                "1".repeat(64), 7, 1, NOW, NOW, Optional.empty(), WorkCounts.NONE, 1, 1));
    }

    @Test
    void historyOfTheOtherAggregator_isListedWithItsTimes() throws Exception {
        Path file = Fixtures.referenceDatabase(Files.createDirectory(folder.resolve("reference")));
        try (SqliteSubmissionStore store =
                SqliteSubmissionStore.open(Fixtures.settings(file), InstantSource.fixed(NOW))) {
            assertThat(store.history().submissions(SubmissionQuery.bests(PAGE)))
                    .hasSize(10)
                    .allSatisfy(row -> {
                        assertThat(row.value().accountId()).hasSize(40);
                        assertThat(row.value().at().getEpochSecond()).isPositive();
                        assertThat(row.value().ending()).isEmpty();
                    });
        }
    }

    @Test
    void databaseOfAnEarlierVersion_gainsTheTables() throws Exception {
        Path file = folder.resolve("earlier.db");
        Files.createFile(file);
        try (Sql sql = new Sql(new FileConnections(file).writer())) {
            Schema.migrate(sql, Schema.MIGRATIONS.subList(0, 2));
        }
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(Fixtures.settings(file))) {
            await(store.write(round()));

            assertThat(store.history().rounds(PAGE)).hasSize(1);
        }
    }

    @Test
    void query_runsOnAPlatformThread() throws Exception {
        AtomicBoolean virtual = new AtomicBoolean();
        Path file = folder.resolve("threads.db");
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(
                Fixtures.settings(file),
                WallClock.system(),
                inner -> new Watched(inner, () -> virtual.set(Thread.currentThread().isVirtual())))) {
            Thread.ofVirtual().start(() -> store.history().rounds(PAGE)).join();
        }
        assertThat(virtual).isFalse();
    }

    @Test
    void moreQuestionsThanMayWait_areRefusedAndTheOthersAnswered() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Path file = folder.resolve("busy.db");
        try (SqliteSubmissionStore store = SqliteSubmissionStore.open(
                Fixtures.settings(file), WallClock.system(), inner -> new Watched(inner, slow::await))) {
            List<CompletableFuture<Object>> answers = new ArrayList<>();
            for (int i = 0; i < 2 * JdbcStore.MOST_QUERIES; i++) {
                answers.add(ask(store));
            }
            // Two queries run, the queue is full, and further ones are rejected at once.
            int refused = 2 * JdbcStore.MOST_QUERIES - JdbcStore.MOST_QUERIES - 2;
            Await.until("the rest is refused",
                    () -> answers.stream().filter(CompletableFuture::isDone).count() == refused);
            slow.countDown();

            assertThat(answers.stream().map(CompletableFuture::join).filter(List.of()::equals))
                    .hasSize(JdbcStore.MOST_QUERIES + 2);
            assertThat(answers.stream().map(CompletableFuture::join).filter(StoreException.class::isInstance))
                    .hasSize(refused);
        }
    }

    private static CompletableFuture<Object> ask(SqliteSubmissionStore store) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(store.history().rounds(PAGE));
            } catch (StoreException e) {
                answer.complete(e);
            }
        });
        return answer;
    }

    @Test
    void closedStore_saysSo() {
        SqliteSubmissionStore store = SqliteSubmissionStore.open(Fixtures.settings(folder.resolve("closed.db")));
        store.close();

        assertThatThrownBy(() -> store.history().rounds(PAGE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is closed");
    }

    /** Runs an action before each read-only connection. */
    private record Watched(Connections inner, Step step) implements Connections {
        interface Step {
            void run() throws InterruptedException;
        }

        @Override
        public Connection writer() throws SQLException {
            return inner.writer();
        }

        @Override
        public Connection reader() throws SQLException {
            try {
                step.run();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            return inner.reader();
        }
    }
}
