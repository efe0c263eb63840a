package org.pocx.aggregator.postgresql;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.BestNonceTable;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlDialect;

/** PostgreSQL's part of the statements. */
final class PostgresqlDialect implements SqlDialect {
    /** Pages of 8 KiB that one step of retention examines: some hundred rows. */
    private static final long SLICE = 8;

    private static final String PAGES =
            "SELECT pg_relation_size(CAST(? AS regclass)) / CAST(current_setting('block_size') AS bigint)";

    @Override
    public String nonceKey() {
        return PostgresqlSchema.NONCE_KEY;
    }

    @Override
    public BestNonceTable bests(Sql sql) {
        return new PostgresqlBestNonces(sql);
    }

    /** A slice has so many pages, which the server finds by the physical place of the rows. */
    @Override
    public Slice slice(Sql sql, String table, long after) throws SQLException {
        long from = Math.max(0, after);
        long end = from + SLICE;
        return new Slice(
                "ctid >= CAST(? AS tid) AND ctid < CAST(? AS tid)",
                "(" + from + ",0)",
                "(" + end + ",0)",
                end,
                end >= sql.number(PAGES, table));
    }
}
