package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pocx.aggregator.store.Fixtures.ANNOUNCED;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;
import static org.pocx.aggregator.store.Fixtures.put;
import static org.pocx.aggregator.store.Fixtures.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The behaviour of the store when its open files are deleted, moved or replaced. */
class LostFileRecoveryTest {
    private static final BestNonce BEST = new BestNonce(Fixtures.ACCOUNT, "10.0.0.1", 100, 7, NOW);

    private static final HistoryChange WIN = new HistoryChange.BlocksRecorded(new BlockChange(
            List.of(new WonBlock(5, "ab".repeat(32), Instant.EPOCH, "cd".repeat(20), Optional.empty(), false)),
            List.of(),
            List.of(),
            List.of(new LuckRecord(LuckSubject.FARM, 1, 1, List.of())),
            List.of(),
            Optional.of(new BlockState(List.of(new RoundSignature(6, "ab".repeat(32), 1, Instant.EPOCH)), 6, 0))));

    @TempDir Path folder;

    private Path data;
    private Path file;

    private SqliteSubmissionStore opened() throws Exception {
        data = Files.createDirectories(folder.resolve("it's data"));
        file = data.resolve("aggregator.db");
        SqliteSubmissionStore store = SqliteSubmissionStore.open(settings(file));
        await(store.write(ANNOUNCED));
        await(store.write(put(1)));
        await(store.write(new BestRecorded(BEST)));
        return store;
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                Files.delete(one);
            }
        }
    }

    private static void assertFailsOnce(SqliteSubmissionStore store, String words) throws Exception {
        assertThat(catchThrowable(() -> await(store.write(put(2)))))
                .hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
        await(store.write(put(2)));
    }

    /** Simulates a killed process: the files are opened while the first store still has them open. */
    private static List<Long> nonces(Path file) throws Exception {
        Path copy = Files.createDirectories(file.resolveSibling("copy")).resolve("aggregator.db");
        Files.copy(file, copy);
        Path log = OpenFiles.logOf(file);
        if (Files.exists(log)) {
            Files.copy(log, OpenFiles.logOf(copy));
        }
        try (var after = SqliteSubmissionStore.open(settings(copy))) {
            return after.load(NOW).outbox().stream()
                    .map(ReceivedNonce::submission)
                    .map(nonce -> nonce.nonce())
                    .toList();
        }
    }

    @Test
    void deletedFile_isWrittenAnewWithAllThatItHeld() throws Exception {
        try (var store = opened()) {
            Files.delete(file);
            assertFailsOnce(store, "was deleted or moved while it was open");
            assertThat(nonces(file)).containsExactly(1L, 2L);
            assertThat(Fixtures.history(store, 10)).containsExactly(BEST);
        }
    }

    @Test
    void deletedFileAndLog_areWrittenAnew() throws Exception {
        try (var store = opened()) {
            deleteAll(data);
            assertFailsOnce(store, "was deleted or moved while it was open");
            assertThat(nonces(file)).containsExactly(1L, 2L);
        }
    }

    @Test
    void deletedFolder_isMadeAnewAndLocked() throws Exception {
        try (var store = opened()) {
            deleteAll(data);
            Files.delete(data);
            assertFailsOnce(store, "was deleted or moved while it was open");
            assertThat(nonces(file)).containsExactly(1L, 2L);
            assertThat(data.resolve("aggregator.db.lock")).content().contains(ProcessHandle.current().pid() + "");
        }
    }

    @Test
    void folderThatCannotBeCreated_isReportedUntilItCan() throws Exception {
        try (var store = opened()) {
            deleteAll(data);
            Files.delete(data);
            Files.writeString(data, "in the way");
            assertThat(catchThrowable(() -> await(store.write(put(2))))).hasMessageContaining("was deleted");
            assertThat(catchThrowable(() -> await(store.write(put(2)))))
                    .hasMessageContaining("cannot be written again yet")
                    .hasMessageContaining("check its folder");
            Files.delete(data);
            await(store.write(put(2)));
            assertThat(nonces(file)).containsExactly(1L, 2L);
        }
    }

    /** The operator deletes the file that the log reports as locked. */
    @Test
    void fileThatIsDeletedWhileItIsLocked_isWrittenAnewWithAllThatItHeld() throws Exception {
        try (var store = opened()) {
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThat(catchThrowable(() -> await(store.write(put(2))))).hasMessageContaining("locked");
                Files.delete(file);
                statement.execute("ROLLBACK");
            }
            assertFailsOnce(store, "was deleted or moved while it was open");
            assertThat(nonces(file)).containsExactly(1L, 2L);
            assertThat(Fixtures.history(store, 10)).containsExactly(BEST);
        }
    }

    @Test
    void lossThatHousekeepingFinds_isReportedByTheNextChange() throws Exception {
        opened().close();
        try (DatabaseLock lock = DatabaseLock.take(file);
                Database database = new Database(file, new FileConnections(file), lock)) {
            database.connect();
            Files.delete(file);

            assertThat(catchThrowable(() -> database.housekeeping(sql -> {}))).hasMessageContaining("was deleted");
            assertThat(catchThrowable(() -> database.transaction(sql -> {}))).hasMessageContaining("was deleted");
            database.transaction(sql -> {});
        }
        assertThat(nonces(file)).containsExactly(1L);
    }

    @Test
    void deletedLog_costsNothing() throws Exception {
        try (var store = opened()) {
            Files.delete(OpenFiles.logOf(file));
            assertFailsOnce(store, "lost its write-ahead log");
            await(store.write(put(3)));
            assertThat(nonces(file)).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void restoredFile_isUsedAgain() throws Exception {
        try (var store = opened()) {
            Path away = folder.resolve("away.db");
            Files.move(file, away);
            assertThat(catchThrowable(() -> await(store.write(put(2))))).hasMessageContaining("was deleted or moved");
            Files.move(away, file);
            await(store.write(put(2)));
            assertThat(nonces(file)).containsExactly(1L, 2L);
        }
    }

    @Test
    void backupInItsPlace_getsWhatARestartNeeds() throws Exception {
        Path backup = folder.resolve("backup.db");
        try (var other = SqliteSubmissionStore.open(settings(backup))) {
            await(other.write(ANNOUNCED));
            await(other.write(put(9)));
        }
        try (var store = opened()) {
            await(store.write(WIN));
            Files.move(backup, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertFailsOnce(store, "was replaced by another file");
            assertThat(nonces(file)).containsExactlyInAnyOrder(9L, 1L, 2L);
            assertThat(Fixtures.history(store, 10)).isEmpty();
            assertThat(store.readBlocks().lastWins()).hasSize(1);
            assertThat(store.readBlocks().state().signatures()).hasSize(1);
            assertThat(store.readBlocks().luck()).hasSize(1);
        }
    }

    @Test
    void replacementThatIsNotADatabase_isNotChanged() throws Exception {
        try (var store = opened()) {
            Files.delete(file);
            Files.writeString(file, "a text");
            assertThat(catchThrowable(() -> await(store.write(put(2))))).hasMessageContaining("was replaced");
            assertThat(catchThrowable(() -> await(store.write(put(2)))))
                    .hasMessageContaining("cannot be written again yet")
                    .hasMessageContaining("is not an SQLite database");
            assertThat(file).hasContent("a text");
            Files.delete(file);
            await(store.write(put(2)));
            assertThat(nonces(file)).containsExactly(1L, 2L);
        }
    }

    @Test
    void fileDeletedBeforeTheEnd_isThereAfterIt() throws Exception {
        try (var store = opened()) {
            deleteAll(data);
        }
        assertThat(nonces(file)).containsExactly(1L);
    }
}
