package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/** The tables of the detectors: their states, and the capacity of each machine in each hour. */
final class DetectionTables {
    private DetectionTables() {}

    /** The migration. */
    static void create(Sql sql) throws SQLException {
        sql.execute(
                """
                CREATE TABLE pocx_detectors (
                    id INTEGER PRIMARY KEY,
                    kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    at INTEGER NOT NULL, -- nanoseconds since 1970
                    text TEXT NOT NULL,
                    UNIQUE (kind, subject)
                )""");
        sql.execute(
                """
                CREATE TABLE pocx_machine_hours (
                    id INTEGER PRIMARY KEY,
                    machine TEXT NOT NULL,
                    hour INTEGER NOT NULL, -- hours since 1970
                    rounds INTEGER NOT NULL,
                    found INTEGER NOT NULL,
                    tib REAL NOT NULL, -- may be infinite
                    UNIQUE (machine, hour)
                )""");
    }
}
