package org.pocx.aggregator.store;

import java.sql.SQLException;
import java.util.List;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The tables, as numbered migrations. Each migration runs once per database, in one transaction with the record that it
 * ran. A released migration is never changed; a change is a new migration. The names of our own tables begin with
 * {@code pocx_}.
 */
final class Schema {
    private static final String CREATE_VERSIONS =
            "CREATE TABLE IF NOT EXISTS pocx_schema (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)";

    static final List<Migration> MIGRATIONS =
            List.of(
                    HistoryTable::create,
                    Schema::createOwnTables,
                    RecordTables::create,
                    NonceTables::identifyByClaim,
                    Schema::addBadProof,
                    MachineIds.UNIFY,
                    BlockTables::create,
                    DetectionTables::create,
                    UpstreamTables::create);

    private Schema() {}

    /** One step. */
    interface Migration {
        void apply(Sql sql) throws SQLException;
    }

    /** The schema version that this program writes. */
    static int current() {
        return MIGRATIONS.size();
    }

    /** The schema version of a database; 0 before the first migration. */
    static int versionOf(Sql sql) throws SQLException {
        return hasTable(sql, "pocx_schema") ? (int) sql.number("SELECT max(version) FROM pocx_schema") : 0;
    }

    static boolean hasTable(Sql sql, String name) throws SQLException {
        return sql.number("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?", name) > 0;
    }

    /** Runs the missing migrations. */
    static void migrate(Sql sql) throws SQLException {
        migrate(sql, MIGRATIONS);
    }

    /** Runs the missing ones of the given migrations; used by tests. */
    static void migrate(Sql sql, List<Migration> migrations) throws SQLException {
        int done = versionOf(sql);
        for (Migration migration : migrations.subList(Math.min(done, migrations.size()), migrations.size())) {
            done++;
            sql.execute("BEGIN IMMEDIATE");
            migration.apply(sql);
            sql.execute(CREATE_VERSIONS);
            long now = WallClock.system().instant().getEpochSecond();
            sql.update("INSERT INTO pocx_schema VALUES (?, datetime(?, 'unixepoch'))", done, now);
            sql.execute("COMMIT");
        }
    }

    private static void createOwnTables(Sql sql) throws SQLException {
        createRounds(sql);
        createNonces(sql);
        createWideBests(sql);
    }

    private static void createRounds(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_rounds (
                    block_hash BLOB PRIMARY KEY NOT NULL,
                    ordinal INTEGER NOT NULL, -- the order of the last announcements
                    announced_at INTEGER NOT NULL, -- nanoseconds since 1970, the last one
                    closed INTEGER NOT NULL -- 0 or 1
                )""");
        sql.execute("CREATE INDEX pocx_rounds_by_ordinal ON pocx_rounds(ordinal)");
        sql.execute(
                """
                CREATE TABLE pocx_announcements (
                    block_hash BLOB NOT NULL,
                    height INTEGER NOT NULL, -- this and base_target: the 64 bits of a u64
                    generation_signature BLOB NOT NULL,
                    base_target INTEGER NOT NULL,
                    ordinal INTEGER NOT NULL,
                    PRIMARY KEY (block_hash, height, generation_signature, base_target)
                )""");
    }

    private static void createNonces(Sql sql) throws SQLException {
        String nonce =
                """
                    id INTEGER PRIMARY KEY,
                    block_hash BLOB NOT NULL,
                    account_id BLOB NOT NULL,
                    seed BLOB NOT NULL,
                    nonce INTEGER NOT NULL, -- this, height, base_target, qualities: the 64 bits of a u64
                    compression INTEGER NOT NULL,
                    height INTEGER NOT NULL,
                    generation_signature BLOB NOT NULL,
                    base_target INTEGER NOT NULL,
                    raw_quality INTEGER NOT NULL, -- as claimed
                    machine TEXT NOT NULL,
                    label TEXT NOT NULL,
                    received_at INTEGER NOT NULL, -- this and at: nanoseconds since 1970
                """;
        String key = "UNIQUE (block_hash, account_id, seed, nonce, compression)";
        sql.execute("CREATE TABLE pocx_outbox (\n" + nonce + key + ")");
        String verdict =
                """
                    outcome TEXT NOT NULL,
                    confirmed_raw_quality INTEGER NOT NULL,
                    code INTEGER NOT NULL,
                    message TEXT NOT NULL,
                    at INTEGER NOT NULL,
                """;
        sql.execute("CREATE TABLE pocx_outcomes (\n" + nonce + verdict + key + ")");
        sql.execute(
                """
                CREATE TABLE pocx_confirmed_machines (
                    machine TEXT PRIMARY KEY NOT NULL,
                    at INTEGER NOT NULL -- of its last confirmed nonce, nanoseconds since 1970
                )""");
    }

    /** Is null in the rows of earlier versions. */
    private static void addBadProof(Sql sql) throws SQLException {
        sql.execute("ALTER TABLE pocx_outcomes ADD COLUMN bad_proof INTEGER"); // 0 or 1
    }

    /** See {@link WideBestNonces}. */
    private static void createWideBests(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_wide_bests (
                    account_id TEXT NOT NULL,
                    machine_id TEXT NOT NULL,
                    height INTEGER NOT NULL, -- this and raw_quality: the 64 bits of a u64
                    raw_quality INTEGER NOT NULL,
                    timestamp TEXT NOT NULL,
                    PRIMARY KEY (account_id, machine_id, height)
                )""");
    }
}
