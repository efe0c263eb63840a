package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pocx.aggregator.store.Fixtures.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;

/** Files that cannot be used are rejected with a one-line message (file, cause, what to do), and are not changed. */
class DatabaseValidatorTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("aggregator.db");
    }

    @Test
    void fileThatIsNotADatabase_isRejected() throws Exception {
        Files.writeString(file, "server:\n  port: 8080\n".repeat(100));

        assertRefusedUntouched("is not an SQLite database");
    }

    @Test
    void databaseCutOff_isRefusedAsDamaged() throws Exception {
        Fixtures.referenceDatabase(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(20_000);
        }

        assertRefusedUntouched("is damaged");
    }

    @Test
    void databaseWithAPageOverwritten_isRefusedAsDamaged() throws Exception {
        Fixtures.referenceDatabase(folder);
        overwrite(5 * 4096, 4096);

        assertRefusedUntouched("is damaged");
    }

    @Test
    void databaseWithAFewBytesOfARowOverwritten_isRefusedAsDamaged() throws Exception {
        Fixtures.referenceDatabase(folder);
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        overwrite(content.indexOf("127.0.0.11"), 4);

        assertRefusedUntouched("is damaged");
    }

    @Test
    void databaseWithASchemaOverwritten_isRefusedAsDamaged() throws Exception {
        Fixtures.referenceDatabase(folder);
        overwrite(100, 1_000);

        assertRefusedUntouched("is damaged");
    }

    @Test
    void databaseOfALaterVersion_isRefused() throws Exception {
        SqliteSubmissionStore.open(settings(file)).close();
        change("INSERT INTO pocx_schema VALUES (99, 'tomorrow')");

        assertRefusedUntouched(
                "was written by a newer version of this program (schema 99, this one knows " + Schema.current() + ")");
    }

    @Test
    void databaseOfALaterVersionOfTheOtherProgram_isRefused() throws Exception {
        Fixtures.referenceDatabase(folder);
        change("INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231000000')");

        assertRefusedUntouched("was written by a newer version of the other aggregator (its schema 20991231000000)");
    }

    @Test
    void databaseWithAVersionNumberOfItsOwn_isRefused() throws Exception {
        Fixtures.referenceDatabase(folder);
        change("PRAGMA user_version = 999");

        assertRefusedUntouched("has the version number 999");
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 19})
    void databaseOfALaterFormat_isRefused(int position) throws Exception {
        Fixtures.referenceDatabase(folder);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {3}), position);
        }

        assertRefusedUntouched("has the format of a newer SQLite");
    }

    @Test
    void databaseOfAnotherProgram_isRefused() throws Exception {
        change("CREATE TABLE songs (title TEXT)");

        assertRefusedUntouched("is a database of another program");
    }

    @Test
    void historyTableOfAnotherForm_isRefused() throws Exception {
        change("CREATE TABLE submissions (id INTEGER PRIMARY KEY, account_id TEXT, height INTEGER)");

        assertRefusedUntouched("has a table submissions in an unknown format");
    }

    @Test
    void databaseLockedByAnotherProgram_isRefused() throws Exception {
        Fixtures.referenceDatabase(folder);
        try (Sql other = Fixtures.otherProgram(file)) {
            other.execute("BEGIN EXCLUSIVE");

            assertRefusedUntouched("is locked by another program");
        }
    }

    @Test
    void folder_isRefused() throws Exception {
        Files.createDirectory(file);

        assertThat(refusal()).hasMessage(file + " is a folder: database.path must name a file");
    }

    @Test
    void folderThatIsMissing_isRefusedAndNotMade() {
        file = folder.resolve("missing").resolve("aggregator.db");

        assertThat(refusal()).hasMessageContainingAll(file.toString(), "its folder is missing");
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void folderThatCannotBeWritten_isRefused() {
        // Not even root can create a file there.
        file = Path.of("/proc", "aggregator.db");

        assertThat(refusal())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("/proc/aggregator.db.lock", "make the folder writable for this user");
    }

    @Test
    void temporaryFolderThatIsMissing_isRefused() {
        System.setProperty("org.sqlite.tmpdir", folder.resolve("missing").toString());
        try {
            assertThat(refusal())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(folder.resolve("missing").toString(), "-Dorg.sqlite.tmpdir=");
            assertThat(file).doesNotExist();
        } finally {
            System.clearProperty("org.sqlite.tmpdir");
        }
    }

    @Test
    void logWithoutItsDatabase_isRefused() throws Exception {
        Files.writeString(folder.resolve("aggregator.db-wal"), "frames");

        assertThat(refusal()).hasMessageContaining("its write-ahead log aggregator.db-wal");
        assertThat(file).doesNotExist();
    }

    @Test
    void rejectedDatabase_isNotLocked() throws Exception {
        Files.writeString(file, "not a database, and longer than sixteen bytes");
        assertThat(refusal()).isNotNull();
        Files.delete(file);

        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(file).exists();
    }

    @Test
    void emptyFile_beginsAsANewDatabase() throws Exception {
        Files.createFile(file);

        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void pathWithSignsThatMeanSomethingInAddresses_isThatPath() throws Exception {
        file = folder.resolve("a?mode=memory#100% x.db");

        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(Files.size(file)).isPositive();
    }

    private void assertRefusedUntouched(String reason) throws IOException {
        byte[] before = Files.readAllBytes(file);

        assertThat(refusal())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(file.toString(), reason)
                .message()
                .doesNotContain("\n");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private Throwable refusal() {
        return catchThrowable(() -> SqliteSubmissionStore.open(settings(file)).close());
    }

    private void overwrite(long position, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] garbage = new byte[bytes];
            Arrays.fill(garbage, (byte) 0xa5);
            channel.write(ByteBuffer.wrap(garbage), position);
        }
    }

    private void change(String statement) throws Exception {
        try (Sql sql = Fixtures.otherProgram(file)) {
            sql.execute(statement);
        }
    }
}
