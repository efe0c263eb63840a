package org.pocx.aggregator.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.BestNonce;

/**
 * Bests of the history with a u64 above 2^63-1, which a signed column of {@code submissions} cannot hold.
 *
 * <p>A raw_quality like that stands in {@code submissions} as the nearest REAL, as the other aggregator writes it: both
 * programs read it, and SQLite orders it right among the others. The exact figure is here; it counts as long as its
 * REAL is the one there, so nothing breaks when the other program replaces the row. (Text would become REAL in that
 * column, and a BLOB would read as 0, the best quality of all.) A best with a height like that is here alone, because
 * the key of {@code submissions} cannot name it.
 */
final class WideBests {
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

    WideBests(Sql sql) {
        this.sql = sql;
    }

    void put(BestNonce best, String timestamp) throws SQLException {
        sql.update(PUT, best.accountId(), best.machine(), best.height(), best.rawQuality(), timestamp);
    }

    void remove(String accountId, String machine, long height) throws SQLException {
        sql.update(REMOVE, accountId, machine, height);
    }

    /** The u64 that a raw_quality of {@code submissions} stands for, or null when it stands for none. */
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
