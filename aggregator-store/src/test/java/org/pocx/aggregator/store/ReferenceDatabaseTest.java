package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.store.Fixtures.ACCOUNT;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;
import static org.pocx.aggregator.store.Fixtures.history;
import static org.pocx.aggregator.store.Fixtures.otherProgram;
import static org.pocx.aggregator.store.Fixtures.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.store.testkit.ReferenceDatabase;

/** A database of the other aggregator, opened in place. */
class ReferenceDatabaseTest {
    private static final long EVERYTHING = Long.MAX_VALUE;
    private static final String SCHEMA_OF_OTHERS =
            "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'pocx%' AND tbl_name NOT LIKE 'pocx%' ORDER BY name";
    private static final String VERSIONS = "SELECT version || ' ' || run_on FROM __diesel_schema_migrations";

    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void copyReference() throws Exception {
        file = Fixtures.referenceDatabase(folder);
    }

    @Test
    void history_isReadWithItsTimes() {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(history(store, EVERYTHING))
                    .hasSize(152)
                    .contains(new BestNonce(
                            "1".repeat(40), "127.0.0.11", 12_300, 736_611_512_340L,
                            NOW.minus(ReferenceDatabase.AGE)));
        }
    }

    @Test
    void ownMemory_isEmptyAtFirst() {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(store.load(NOW)).isEqualTo(StoredFarm.EMPTY);
        }
    }

    @Test
    void tablesAndVersionsOfTheOtherProgram_areLeftAlone() throws Exception {
        List<String> schema = texts(SCHEMA_OF_OTHERS);
        List<String> versions = texts(VERSIONS);

        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(texts(SCHEMA_OF_OTHERS)).isEqualTo(schema);
        assertThat(texts(VERSIONS)).isEqualTo(versions);
    }

    @Test
    void newDatabase_hasTheSameTables() throws Exception {
        List<String> schema = texts(SCHEMA_OF_OTHERS);
        file = folder.resolve("new.db");
        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(texts(SCHEMA_OF_OTHERS)).isEqualTo(schema);
        assertThat(texts("SELECT version FROM __diesel_schema_migrations"))
                .containsExactly("20250101000000", "20250601000000");
    }

    @Test
    void rowsThatWeWrite_haveTheFormOfTheOtherProgram() throws Exception {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            Instant at = Instant.parse("2026-12-01T23:59:58.750Z");
            await(store.write(new BestRecorded(new BestNonce(ACCOUNT, "10.0.0.1", 12_400, 77, at))));
            await(store.write(new BestRecorded(new BestNonce(ACCOUNT, "10.0.0.1", 12_401, -1L, at))));
        }

        assertThat(texts("SELECT machine_id || ' ' || height || ' ' || typeof(raw_quality) || ' ' || timestamp"
                + " FROM submissions WHERE raw_quality IN (77, 18446744073709551615) ORDER BY height"))
                .containsExactly(
                        "10.0.0.1 12400 integer 2026-12-01 23:59:58", "10.0.0.1 12401 real 2026-12-01 23:59:58");
    }

    @Test
    void rowRecordedAgain_keepsItsId() throws Exception {
        long before = Long.parseLong(texts("SELECT id FROM submissions WHERE height = 12300 ORDER BY id").getFirst());
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            await(store.write(new BestRecorded(new BestNonce("1".repeat(40), "127.0.0.11", 12_300, 5, NOW))));
        }

        assertThat(texts("SELECT id FROM submissions WHERE raw_quality = 5")).containsExactly(Long.toString(before));
    }

    @Test
    void qualitiesAbove63Bits_areReadAsTheNearestUnsigned() throws Exception {
        change("INSERT INTO submissions (account_id, machine_id, height, raw_quality) VALUES"
                + " ('w', 'm', 12390, 9223372036854775808), ('w', 'm', 12391, 18446744073709551615),"
                + " ('w', 'm', 12392, 12345678901234567890)");

        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(history(store, 3))
                    .extracting(best -> Long.toUnsignedString(best.rawQuality()))
                    .containsExactlyInAnyOrder("9223372036854775808", "18446744073709551615", "12345678901234567168");
        }
    }

    @Test
    void exactQuality_countsNoLongerWhenTheOtherProgramReplacedTheRow() throws Exception {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            await(store.write(new BestRecorded(new BestNonce(ACCOUNT, "10.0.0.1", 12_400, -1L, NOW))));
        }
        change("UPDATE submissions SET raw_quality = 9999999999999999999 WHERE height = 12400");

        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(history(store, 1))
                    .extracting(best -> Long.toUnsignedString(best.rawQuality()))
                    .containsExactly("10000000000000000000");
        }
    }

    @Test
    void timeThatCannotBeRead_countsAs1970() throws Exception {
        change("INSERT INTO submissions (account_id, machine_id, height, raw_quality, timestamp) VALUES"
                + " ('w', 'm', 12390, 1, 'yesterday'), ('w', 'm', 12391, 1, 1764000000000),"
                + " ('w', 'm', 12392, 1, '2026-03-01T10:00:00.123456Z'), ('w', 'm', 12393, 1, x'00ff')");

        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(history(store, 4))
                    .extracting(BestNonce::at)
                    .containsExactlyInAnyOrder(
                            Instant.EPOCH, Instant.EPOCH, Instant.parse("2026-03-01T10:00:00Z"), Instant.EPOCH);
        }
    }

    @Test
    void rowsThatMakeNoSense_arePassedOver() throws Exception {
        change("INSERT INTO submissions (account_id, machine_id, height, raw_quality) VALUES"
                + " ('w', 'm', 'high', 1), ('w', 'm', 1e300, 1), ('w', 'm', 12390, 'good'), ('w', 'm', 12391, -1.5e30),"
                + " (x'00', 'm', 12392, 1), ('w', 'm', 12393, 4)");

        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(history(store, 10)).extracting(BestNonce::rawQuality).contains(4L).doesNotContain(1L);
        }
    }

    @Test
    void logLeftByACrashOfTheOtherProgram_isReadToo() throws Exception {
        Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("aggregator.db");
        try (Sql other = otherProgram(file)) {
            other.execute("PRAGMA journal_mode = WAL");
            other.execute("INSERT INTO submissions (account_id, machine_id, height, raw_quality) VALUES"
                    + " ('w', 'm', 12399, 4711)");
            Files.copy(file, crashed);
            Files.copy(folder.resolve("aggregator.db-wal"), crashed.resolveSibling("aggregator.db-wal"));
        }

        try (var store = SqliteSubmissionStore.open(settings(crashed))) {
            assertThat(history(store, 1)).extracting(BestNonce::rawQuality).containsExactly(4_711L);
        }
    }

    @Test
    void transactionCutOffInTheOtherProgram_isUndone() throws Exception {
        Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("aggregator.db");
        try (Sql other = otherProgram(file)) {
            other.execute("PRAGMA cache_size = 1");
            other.execute("BEGIN");
            other.execute("UPDATE submissions SET raw_quality = 1, account_id = account_id || hex(randomblob(500))");
            Files.copy(file, crashed);
            Files.copy(folder.resolve("aggregator.db-journal"), crashed.resolveSibling("aggregator.db-journal"));
            other.execute("ROLLBACK");
        }

        try (var store = SqliteSubmissionStore.open(settings(crashed))) {
            assertThat(history(store, 1_000)).hasSize(152).extracting(BestNonce::rawQuality).doesNotContain(1L);
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Sql sql = otherProgram(file);
                ResultSet rows = sql.query(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void change(String statement) throws SQLException {
        try (Sql sql = otherProgram(file)) {
            sql.execute(statement);
        }
    }
}
