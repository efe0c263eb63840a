package org.pocx.aggregator.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The table {@code submissions}, with the same columns and indices as in the other aggregator, so that each program can
 * open the database of the other one.
 */
final class HistoryTable {
    /**
     * The other aggregator records its migrations in a separate table and runs the missing ones. A database that we
     * create needs these two rows: otherwise that program would run its {@code CREATE TABLE} on the existing table, and
     * would not start.
     */
    private static final String CREATE_OTHERS_VERSIONS =
            """
            CREATE TABLE __diesel_schema_migrations (
                   version VARCHAR(50) PRIMARY KEY NOT NULL,
                   run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
            )""";

    private static final String LATEST = "20250601000000";

    private static final String FILL_OTHERS_VERSIONS =
            "INSERT INTO __diesel_schema_migrations (version) VALUES ('20250101000000'), ('" + LATEST + "')";

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS "submissions" (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                account_id TEXT NOT NULL,
                machine_id TEXT NOT NULL,
                height BIGINT NOT NULL,
                raw_quality BIGINT NOT NULL,
                timestamp DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
                UNIQUE(account_id, machine_id, height)
            )""";

    private static final String INDEX_BY_ACCOUNT =
            "CREATE INDEX IF NOT EXISTS idx_submissions_account_height ON submissions(account_id, height DESC)";

    private static final String INDEX_BY_TIME =
            "CREATE INDEX IF NOT EXISTS idx_submissions_timestamp ON submissions(timestamp DESC)";

    private HistoryTable() {}

    /** Creates the missing parts of the table. */
    static void create(Sql sql) throws SQLException {
        sql.execute(CREATE);
        sql.execute(INDEX_BY_ACCOUNT);
        sql.execute(INDEX_BY_TIME);
        if (!Schema.hasTable(sql, "__diesel_schema_migrations")) {
            sql.execute(CREATE_OTHERS_VERSIONS);
            sql.execute(FILL_OTHERS_VERSIONS);
        }
    }

    /** The version of the other aggregator's tables if it is newer than the newest known one, or null. */
    static @Nullable String laterThanKnown(Sql sql) throws SQLException {
        return Schema.hasTable(sql, "__diesel_schema_migrations")
                ? sql.text("SELECT max(version) FROM __diesel_schema_migrations HAVING max(version) > '" + LATEST + "'")
                : null;
    }

    /** Whether the existing table has the columns and the key that we read and write. */
    static boolean isAsExpected(Sql sql) throws SQLException {
        long columns = sql.number("SELECT count(*) FROM pragma_table_info('submissions')"
                + " WHERE name IN ('id', 'account_id', 'machine_id', 'height', 'raw_quality', 'timestamp')");
        long others = sql.number("SELECT count(*) FROM pragma_table_info('submissions')"
                + " WHERE name NOT IN ('id', 'account_id', 'machine_id', 'height', 'raw_quality', 'timestamp')"
                + " AND \"notnull\" = 1 AND dflt_value IS NULL");
        return columns == 6 && others == 0 && hasKey(sql);
    }

    private static boolean hasKey(Sql sql) throws SQLException {
        return sql.number(
                """
                        SELECT count(*) FROM pragma_index_list('submissions') AS list
                        WHERE list."unique" = 1 AND list.partial = 0 AND (
                            SELECT group_concat(name, ' ' ORDER BY name) FROM pragma_index_info(list.name)
                        ) = 'account_id height machine_id'""") > 0;
    }
}
