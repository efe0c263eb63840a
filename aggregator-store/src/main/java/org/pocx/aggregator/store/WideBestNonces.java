package org.pocx.aggregator.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlValues;
import org.pocx.aggregator.statistics.history.BestNonce;

/**
 * The best nonces with a u64 above 2^63-1, which a signed column of {@code submissions} cannot store.
 *
 * <p>Such a raw_quality is the nearest REAL in {@code submissions}, as the other aggregator writes it: both programs
 * can read it, and SQLite sorts it correctly. The exact value is in this table. It is used only while its REAL equals
 * the one in {@code submissions}, so the other program may replace the row. (Text would become REAL in that column, and
 * a BLOB would be read as 0, the best possible quality.) A nonce with such a height is only in this table, because the
 * key of {@code submissions} cannot represent it.
 */
final class WideBestNonces {
    private static final String PUT =
            """
            INSERT INTO pocx_wide_bests (account_id, machine_id, height, raw_quality, timestamp) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account_id, machine_id, height)
            DO UPDATE SET raw_quality = excluded.raw_quality, timestamp = excluded.timestamp""";

    private static final String REMOVE =
            "DELETE FROM pocx_wide_bests WHERE account_id = ? AND machine_id = ? AND height = ?";

    private static final String EXACT =
            "SELECT raw_quality FROM pocx_wide_bests WHERE account_id = ? AND machine_id = ? AND height = ?";

    private final Sql sql;

    WideBestNonces(Sql sql) {
        this.sql = sql;
    }

    void put(BestNonce best, String timestamp) throws SQLException {
        sql.update(PUT, best.accountId(), best.machine(), best.height(), best.rawQuality(), timestamp);
    }

    void remove(String accountId, String machine, long height) throws SQLException {
        sql.update(REMOVE, accountId, machine, height);
    }

    /** The u64 of a raw_quality of {@code submissions}, or null if it is not a u64. */
    @Nullable
    Long exact(String accountId, String machine, long height, @Nullable Object stored) throws SQLException {
        Long nearest = SqlValues.u64(stored);
        if (!(stored instanceof Double real) || nearest == null) {
            return nearest;
        }
        try (ResultSet rows = sql.query(EXACT, accountId, machine, height)) {
            return rows.next() && SqlValues.real(rows.getLong(1)) == real ? Long.valueOf(rows.getLong(1)) : nearest;
        }
    }
}
