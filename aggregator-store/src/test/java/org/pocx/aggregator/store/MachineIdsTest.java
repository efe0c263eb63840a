package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.store.Fixtures.ACCOUNT;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlValues;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.BestWithdrawn;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;

/** A machine is one machine, whatever spelling of its address the database has. */
class MachineIdsTest {
    private static final List<Schema.Migration> EARLIER =
            Schema.MIGRATIONS.subList(0, Schema.MIGRATIONS.indexOf(MachineIds.UNIFY));

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void create() throws Exception {
        file = Files.createFile(folder.resolve("aggregator.db"));
        try (Sql sql = Fixtures.otherProgram(file)) {
            Schema.migrate(sql, EARLIER);
        }
    }

    private SqliteSubmissionStore open() {
        return SqliteSubmissionStore.open(Fixtures.settings(file), InstantSource.fixed(NOW));
    }

    private void otherProgramWrites(String... machinesAndHeights) throws SQLException {
        try (Sql sql = Fixtures.otherProgram(file)) {
            for (String row : machinesAndHeights) {
                String[] parts = row.split(" ", -1);
                sql.update(
                        "INSERT INTO submissions (account_id, machine_id, height, raw_quality, timestamp)"
                                + " VALUES (?, ?, ?, ?, '2026-03-01 11:59:00')",
                        ACCOUNT,
                        parts[0],
                        Integer.parseInt(parts[1]),
                        1_000);
            }
        }
    }

    private static SubmissionQuery ofMachine(String machine) {
        return SubmissionQuery.builder(HistoryPage.newest(10)).machine(machine).build();
    }

    private static List<String> machines(List<HistoryRow<SubmissionRecord>> rows) {
        return rows.stream().map(HistoryRow::value).map(SubmissionRecord::machine).toList();
    }

    @Test
    void rowsOfAMachine_areReadInOneSpelling() throws Exception {
        otherProgramWrites("::1 1", "0:0:0:0:0:0:0:1 2", "::ffff:10.0.0.7 3", "10.0.0.7 4", "2001:DB8::7/rig 5");

        try (SqliteSubmissionStore store = open()) {
            assertThat(Fixtures.history(store, 10))
                    .extracting(BestNonce::machine)
                    .containsExactlyInAnyOrder("::1", "::1", "10.0.0.7", "10.0.0.7", "2001:db8::7/rig");
        }
    }

    @Test
    void submissionsOfAMachine_areFoundInEachSpelling() throws Exception {
        otherProgramWrites("::1 1", "0:0:0:0:0:0:0:1 2", "0:0::1 3", "::2 4", "10.0.0.7 5", "10.0.0.7/rig 6");

        try (SqliteSubmissionStore store = open()) {
            assertThat(machines(store.history().submissions(ofMachine("::1")))).containsExactly("::1", "::1", "::1");
            assertThat(machines(store.history().submissions(ofMachine("0:0:0:0:0:0:0:1")))).hasSize(3);
            assertThat(machines(store.history().submissions(ofMachine("10.0.0.7")))).containsExactly("10.0.0.7");
            assertThat(machines(store.history().submissions(ofMachine("::ffff:10.0.0.7/rig"))))
                    .containsExactly("10.0.0.7/rig");
        }
    }

    @Test
    void otherProgram_readsIdsWithNames() throws Exception {
        try (SqliteSubmissionStore store = open()) {
            await(store.write(new BestRecorded(new BestNonce(ACCOUNT, "10.0.0.7/rig", 7, 1_000, NOW))));
        }

        assertThat(column("SELECT machine_id FROM submissions")).containsExactly("10.0.0.7/rig");
    }

    @Test
    void withdrawnNonce_leavesInEachSpelling() throws Exception {
        otherProgramWrites("0:0:0:0:0:0:0:1 7", "0:0:0:0:0:0:0:1 8", "::2 7");

        try (SqliteSubmissionStore store = open()) {
            await(store.write(new BestRecorded(new BestNonce(ACCOUNT, "::1", 7, 900, NOW))));
            await(store.write(new BestWithdrawn(ACCOUNT, "::1", 7)));
        }

        assertThat(column("SELECT machine_id || ' ' || height FROM submissions ORDER BY id"))
                .containsExactly("0:0:0:0:0:0:0:1 8", "::2 7");
    }

    @Test
    void earlierTables_getOneSpelling() throws Exception {
        try (Sql sql = Fixtures.otherProgram(file)) {
            long then = SqlValues.nanos(NOW.minusSeconds(60));
            sql.update("INSERT INTO pocx_confirmed_machines VALUES ('0:0:0:0:0:0:0:1', ?), ('::1', ?), ('10.0.0.7', ?)",
                    then + 5, then, then);
            sql.update(
                    "INSERT INTO pocx_wide_bests VALUES ('a', '0:0:0:0:0:0:0:1', -1, 5, 't'), ('a', '::1', -1, 4, 't')");
            sql.update("INSERT INTO pocx_events VALUES (1, 1, 'SUSPECTED', 1, '0:0:0:0:0:0:0:1', '', 0, 0, 1, '')");
            sql.update("INSERT INTO pocx_outbox (block_hash, account_id, seed, nonce, compression, height,"
                    + " generation_signature, base_target, raw_quality, coinbase_outputs, machine, label, received_at)"
                    + " VALUES (x'01', x'01', x'01', 1, 1, 1, x'01', 1, 1, '', '0:0:0:0:0:0:0:1', 'farm', 1)");
        }

        try (SqliteSubmissionStore store = open()) {
            assertThat(store.load(NOW).confirmedMachines())
                    .containsOnlyKeys("::1", "10.0.0.7")
                    .containsEntry("::1", NOW.minusSeconds(60).plusNanos(5));
        }
        assertThat(column("SELECT machine_id FROM pocx_wide_bests")).containsExactly("::1");
        assertThat(column("SELECT machine FROM pocx_events")).containsExactly("::1");
        assertThat(column("SELECT machine FROM pocx_outbox")).containsExactly("::1");
    }

    @Test
    void nonceOfANamedMachine_isRestoredWithItsName() throws Exception {
        MinerId miner = new MinerId("::ffff:10.0.0.7", "rig/1");
        try (SqliteSubmissionStore store = open()) {
            await(store.write(Fixtures.ANNOUNCED));
            await(store.write(new OutboxPut(new ReceivedNonce(Fixtures.submission(1), miner, Instant.EPOCH))));
        }

        try (SqliteSubmissionStore store = open()) {
            StoredFarm farm = store.load(NOW);
            assertThat(farm.outbox()).extracting(ReceivedNonce::miner)
                    .containsExactly(new MinerId("10.0.0.7", "rig/1"));
        }
    }

    private List<String> column(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Sql sql = Fixtures.otherProgram(file);
                ResultSet rows = sql.query(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
