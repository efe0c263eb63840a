package org.pocx.aggregator.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The tables of one farm, as numbered migrations, in a schema of their own. Each migration runs once per farm, in one
 * transaction with the record that it ran, under an advisory lock. A released migration is never changed; a change is a new
 * migration.
 *
 * <p>The tables have the names and columns of those on SQLite, except {@code pocx_bests}. A u64 is the bigint with the same 64
 * bits (so 2^63 and above are negative), an id is a bytea of its bytes, a flag is 0 or 1, and a time is nanoseconds since
 * 1970.
 */
final class PostgresqlSchema {
    /** The coinbase outputs are too long for an index. */
    static final String NONCE_KEY =
            "block_hash, account_id, seed, nonce, compression, generation_signature, raw_quality,"
                    + " pocx_digest(coinbase_outputs)";

    /** Has the order of the u64. */
    static final String SIGNED_HEIGHT = "(height # (CAST(1 AS bigint) << 63))";

    private static final int OLDEST_SERVER = 14;

    /** The key of the lock: "pocx", and that it is about the schema. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(1886348152, 0)";

    private static final String NONCE =
            """
                block_hash bytea NOT NULL,
                account_id bytea NOT NULL,
                seed bytea NOT NULL,
                nonce bigint NOT NULL,
                compression integer NOT NULL,
                generation_signature bytea NOT NULL,
                raw_quality bigint NOT NULL,
                coinbase_outputs text NOT NULL,
            """;

    private static final String RECEIVED =
            """
                height bigint NOT NULL,
                base_target bigint NOT NULL,
                machine text NOT NULL,
                received_at bigint NOT NULL
            """;

    private static final String ID = "    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n";

    private static final String COUNTS =
            """
                received bigint NOT NULL,
                filtered bigint NOT NULL,
                confirmed bigint NOT NULL,
                rejected bigint NOT NULL,
                stale bigint NOT NULL,
                expired bigint NOT NULL,
                capacity_tib double precision,
                active_machines integer NOT NULL
            """;

    /** Rounds, nonces and verdicts. */
    private static final String SUBMISSIONS =
            """
            CREATE FUNCTION pocx_digest(words text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                AS $$ SELECT sha256(convert_to(words, 'UTF8')) $$;
            CREATE TABLE pocx_rounds (
                block_hash bytea PRIMARY KEY,
                ordinal bigint NOT NULL, -- the order of the last announcements
                announced_at bigint NOT NULL, -- the last one
                closed integer NOT NULL,
                first_announced_at bigint NOT NULL
            );
            CREATE INDEX ON pocx_rounds (ordinal);
            CREATE TABLE pocx_announcements (
                block_hash bytea NOT NULL,
                height bigint NOT NULL,
                generation_signature bytea NOT NULL,
                base_target bigint NOT NULL,
                ordinal bigint NOT NULL,
                PRIMARY KEY (block_hash, height, generation_signature, base_target)
            );
            CREATE TABLE pocx_round_upstreams (
                block_hash bytea NOT NULL,
                upstream text NOT NULL, -- the id of one that announced the round
                ordinal bigint NOT NULL,
                PRIMARY KEY (block_hash, upstream)
            );
            """
                    + "CREATE TABLE pocx_outbox (\n" + ID + NONCE + RECEIVED + ");\n"
                    + "CREATE UNIQUE INDEX ON pocx_outbox (" + NONCE_KEY + ");\n"
                    + "CREATE TABLE pocx_outcomes (\n" + ID + NONCE
                    + """
                        outcome text NOT NULL,
                        confirmed_raw_quality bigint NOT NULL,
                        code bigint NOT NULL,
                        message text NOT NULL,
                        bad_proof integer NOT NULL,
                        at bigint NOT NULL,
                    """
                    + RECEIVED + ");\n"
                    + "CREATE UNIQUE INDEX ON pocx_outcomes (" + NONCE_KEY + ");\n"
                    + "CREATE INDEX ON pocx_outcomes (height, account_id);\n"
                    + "CREATE TABLE pocx_standings (\n" + NONCE
                    + """
                        upstream text NOT NULL, -- the id of the one that judged it
                        confirmed integer NOT NULL,
                        confirmed_raw_quality bigint NOT NULL
                    );
                    """
                    + "CREATE UNIQUE INDEX ON pocx_standings (" + NONCE_KEY + ", upstream);\n"
                    + "CREATE TABLE pocx_confirmed_machines (machine text PRIMARY KEY, at bigint NOT NULL);";

    /** The history of the statistics. */
    private static final String HISTORY = "CREATE TABLE pocx_bests (\n" + ID
            + """
                account_id text NOT NULL,
                machine text NOT NULL,
                height bigint NOT NULL,
                raw_quality bigint NOT NULL,
                at bigint NOT NULL,
                UNIQUE (account_id, machine, height)
            );
            """
            + "CREATE INDEX ON pocx_bests (" + SIGNED_HEIGHT + ");\n"
            + "CREATE TABLE pocx_round_records (\n" + ID
            + """
                block_hash bytea NOT NULL UNIQUE,
                height bigint NOT NULL,
                base_target bigint NOT NULL,
                begun_at bigint NOT NULL,
                until bigint NOT NULL,
                raw_quality bigint, -- from here to outcome: of the best nonce
                poc_time bigint,
                account_id bytea,
                machine text,
                outcome text,
            """
            + COUNTS + ");\n"
            + "CREATE INDEX ON pocx_round_records (begun_at);\n"
            + "CREATE TABLE pocx_minutes (\n    minute bigint PRIMARY KEY, -- since 1970\n    latencies bytea NOT NULL,\n"
            + COUNTS
            + """
            );
            CREATE TABLE pocx_events (
                id bigint PRIMARY KEY,
                at bigint NOT NULL,
                kind text NOT NULL,
                height bigint NOT NULL,
                machine text NOT NULL,
                account_id text NOT NULL,
                raw_quality bigint NOT NULL,
                poc_time bigint NOT NULL,
                times bigint NOT NULL,
                words text NOT NULL
            );
            """
            + "CREATE TABLE pocx_won_blocks (\n" + ID
            + """
                height bigint NOT NULL,
                next_signature bytea NOT NULL, -- the generation signature that proves the win
                at bigint NOT NULL,
                account_id bytea NOT NULL,
                machine text, -- from here to poc_time: of the nonce that won, if it is known
                raw_quality bigint,
                poc_time bigint,
                orphaned integer NOT NULL,
                UNIQUE (height, next_signature)
            );
            """
            + "CREATE TABLE pocx_probable_losses (\n" + ID
            + """
                height bigint NOT NULL,
                signature bytea NOT NULL,
                at bigint NOT NULL,
                account_id bytea NOT NULL,
                machine text NOT NULL,
                raw_quality bigint NOT NULL,
                poc_time bigint NOT NULL,
                UNIQUE (height, signature)
            );
            CREATE TABLE pocx_signatures ( -- of the last heights only
                ordinal bigint PRIMARY KEY,
                height bigint NOT NULL,
                signature bytea NOT NULL,
                base_target bigint NOT NULL,
                begun_at bigint NOT NULL
            );
            CREATE TABLE pocx_block_state ( -- one row at most
                id integer PRIMARY KEY CHECK (id = 1),
                next_height bigint NOT NULL, -- blocks below it are counted
                unseen bigint NOT NULL
            );
            CREATE TABLE pocx_luck (
                kind text NOT NULL,
                id text NOT NULL, -- the account, the machine, or empty
                ordinal bigint NOT NULL,
                expected double precision NOT NULL,
                won bigint NOT NULL,
                periods bytea NOT NULL,
                PRIMARY KEY (kind, id)
            );
            CREATE INDEX ON pocx_luck (ordinal);
            CREATE TABLE pocx_detectors (
                kind text NOT NULL,
                subject text NOT NULL,
                at bigint NOT NULL,
                text text NOT NULL,
                PRIMARY KEY (kind, subject)
            );
            CREATE TABLE pocx_machine_hours (
                machine text NOT NULL,
                hour bigint NOT NULL, -- since 1970
                rounds integer NOT NULL,
                found integer NOT NULL,
                tib double precision NOT NULL,
                PRIMARY KEY (machine, hour)
            );
            """;

    static final List<String> MIGRATIONS = List.of(SUBMISSIONS + "\n" + HISTORY);

    private PostgresqlSchema() {}

    /** The version of the farm's tables; 0 if there are none. */
    static long versionOf(Sql sql) throws SQLException {
        boolean exists = sql.text("SELECT to_regclass('" + PostgresqlConnections.SCHEMA + ".pocx_schema')") != null;
        return exists ? sql.number("SELECT max(version) FROM pocx_schema") : 0;
    }

    /**
     * Runs the missing migrations, on a connection without time limits.
     *
     * @throws StoreException if the server or the tables are of a version that this program does not know
     */
    static void update(Connection connection, Sql sql, PostgresqlConnections connections) throws SQLException {
        String server = connection.getMetaData().getDatabaseProductVersion();
        if (connection.getMetaData().getDatabaseMajorVersion() < OLDEST_SERVER) {
            throw new StoreException("PostgreSQL " + server + " is too old: version " + OLDEST_SERVER
                    + " or a later one is needed");
        }
        long version = versionOf(sql);
        if (version > MIGRATIONS.size()) {
            throw new StoreException(
                    "the database was written by a later version of this program (its tables have version "
                            + version + ", this program knows " + MIGRATIONS.size() + "): use that version");
        }
        if (version < MIGRATIONS.size()) {
            try (Connection migrator = connections.migrator()) {
                migrate(migrator);
            }
        }
    }

    private static void migrate(Connection connection) throws SQLException {
        Sql sql = new Sql(connection);
        for (int number = 1; number <= MIGRATIONS.size(); number++) {
            sql.text(LOCK);
            if (versionOf(sql) < number) {
                if (number == 1) {
                    createSchema(sql);
                }
                sql.execute(MIGRATIONS.get(number - 1));
                sql.update("INSERT INTO pocx_schema (version) VALUES (?)", number);
            }
            connection.commit();
        }
    }

    /** The database's owner may have created the schema for a user that must not create any. */
    private static void createSchema(Sql sql) throws SQLException {
        if (sql.text("SELECT to_regnamespace('" + PostgresqlConnections.SCHEMA + "')") == null) {
            sql.execute("CREATE SCHEMA " + PostgresqlConnections.SCHEMA);
        }
        sql.execute(
                "CREATE TABLE pocx_schema (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())");
    }
}
