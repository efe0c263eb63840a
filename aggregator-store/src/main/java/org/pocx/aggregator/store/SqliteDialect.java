package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.BestNonceTable;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlDialect;

/** SQLite's part of the statements. */
final class SqliteDialect implements SqlDialect {
    /** Rows that one step of retention examines and may delete. Each may change four pages of the file. */
    static final int SLICE = 100;

    @Override
    public String nonceKey() {
        return NonceTables.KEY;
    }

    @Override
    public BestNonceTable bests(Sql sql) {
        return new SqliteBestNonces(sql);
    }

    /** A slice has so many rows, in the order of the row ids. */
    @Override
    public Slice slice(Sql sql, String table, long after) throws SQLException {
        String end = sql.text(
                "SELECT rowid FROM " + table + " WHERE rowid > ? ORDER BY rowid LIMIT 1 OFFSET " + (SLICE - 1), after);
        long last = end == null ? Long.MAX_VALUE : Long.parseLong(end);
        return new Slice("rowid > ? AND rowid <= ?", after, last, last, end == null);
    }
}
