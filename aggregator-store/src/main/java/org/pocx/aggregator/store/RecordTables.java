package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/** The tables of rounds, minutes and events, for charts and lists. */
final class RecordTables {
    private static final String COUNTS =
            """
                received INTEGER NOT NULL,
                filtered INTEGER NOT NULL,
                confirmed INTEGER NOT NULL,
                rejected INTEGER NOT NULL,
                stale INTEGER NOT NULL,
                expired INTEGER NOT NULL,
            """;

    private RecordTables() {}

    static void create(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_round_records (
                    id INTEGER PRIMARY KEY,
                    block_hash BLOB NOT NULL UNIQUE,
                    height INTEGER NOT NULL, -- this, base_target, raw_quality, poc_time: the 64 bits of a u64
                    base_target INTEGER NOT NULL,
                    begun_at INTEGER NOT NULL, -- this and until: nanoseconds since 1970
                    until INTEGER NOT NULL,
                    raw_quality INTEGER, -- from here to outcome: of the best nonce
                    poc_time INTEGER,
                    account_id BLOB,
                    machine TEXT,
                    outcome TEXT,
                """
                        + COUNTS
                        + "    capacity_tib REAL, active_machines INTEGER NOT NULL)");
        sql.execute("CREATE INDEX pocx_round_records_by_begin ON pocx_round_records(begun_at)");
        sql.execute(
                "CREATE TABLE pocx_minutes (\n    minute INTEGER PRIMARY KEY, -- since 1970\n" + COUNTS
                        + "    latencies BLOB NOT NULL, -- a 32-bit count for each class\n"
                        + "    capacity_tib REAL, active_machines INTEGER NOT NULL)");
        sql.execute(
                """
                CREATE TABLE pocx_events (
                    id INTEGER PRIMARY KEY,
                    at INTEGER NOT NULL, -- nanoseconds since 1970
                    kind TEXT NOT NULL,
                    height INTEGER NOT NULL, -- this, raw_quality, poc_time: the 64 bits of a u64
                    machine TEXT NOT NULL,
                    account_id TEXT NOT NULL,
                    raw_quality INTEGER NOT NULL,
                    poc_time INTEGER NOT NULL,
                    times INTEGER NOT NULL,
                    words TEXT NOT NULL
                )""");
        // Used to find the verdict of a row of submissions.
        sql.execute("CREATE INDEX pocx_outcomes_by_height ON pocx_outcomes(height, account_id)");
    }
}
