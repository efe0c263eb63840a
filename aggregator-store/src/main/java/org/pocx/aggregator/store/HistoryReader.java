package org.pocx.aggregator.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlValues;
import org.pocx.aggregator.statistics.history.BestNonce;

/**
 * Streams the history of the last blocks.
 *
 * <p>Rows of other programs are read as follows: an invalid time counts as 1970, and a row whose height or raw_quality
 * is not a u64 is skipped.
 */
final class HistoryReader {
    /**
     * Finds the accounts by jumps in the index that starts with the account: the cost is per account, not per row. The
     * table has no index that starts with the height, and must stay as the other aggregator created it. (A BLOB sorts
     * after any text.)
     */
    private static final String ACCOUNTS =
            """
            WITH RECURSIVE account(id) AS (
                SELECT min(account_id) FROM submissions WHERE account_id < x''
                UNION ALL
                SELECT (SELECT min(account_id) FROM submissions WHERE account_id > account.id AND account_id < x'')
                FROM account WHERE account.id IS NOT NULL
            )
            """;

    /** The pairs of account and machine, found by jumps, too. */
    static final String PAIRS = ACCOUNTS
            + """
            , pair(account, machine) AS (
                SELECT id, (SELECT min(machine_id) FROM submissions WHERE account_id = account.id)
                FROM account WHERE id IS NOT NULL
                UNION ALL
                SELECT account, (
                    SELECT min(machine_id) FROM submissions
                    WHERE account_id = pair.account AND machine_id > pair.machine)
                FROM pair WHERE machine IS NOT NULL
                ORDER BY 1
            )
            """;

    /** Up to 2^63-1: larger values are REAL or text and not a height. */
    private static final String INTEGER_HEIGHT = "height <= 9223372036854775807";

    private static final String HIGHEST = ACCOUNTS
            + "SELECT max((SELECT max(height) FROM submissions WHERE account_id = account.id AND height >= 0 AND "
            + INTEGER_HEIGHT + ")) FROM account";

    /**
     * Returns all rows of one machine and account as one text for {@link HistoryRowParser}, because a million single
     * rows would take most of the time of a start.
     */
    private static final String FROM = PAIRS
            + """
            SELECT account, machine, (
                SELECT group_concat(height || ' '
                        || CASE typeof(raw_quality) WHEN 'integer' THEN raw_quality ELSE '@' || rowid END || ' '
                        || coalesce(unixepoch(timestamp), 0), ',')
                FROM submissions WHERE account_id = account AND machine_id = machine AND height >= ? AND
            """
            + INTEGER_HEIGHT + ") FROM pair WHERE machine IS NOT NULL";

    /**
     * In KiB, because the value is negative. The rows of consecutive pairs are next to each other, but spread over as
     * many pages as there are blocks.
     */
    private static final String CACHE = "PRAGMA cache_size = -16384";

    private static final String QUALITY = "SELECT raw_quality FROM submissions WHERE rowid = ?";

    /** Heights of 2^63 and more are negative here, in the right order; see {@link WideBestNonces}. */
    private static final String WIDE_HIGHEST = "SELECT max(height) FROM pocx_wide_bests WHERE height < 0";

    private static final String WIDE_FROM = "SELECT account_id, machine_id, height, raw_quality, unixepoch(timestamp)"
            + " FROM pocx_wide_bests WHERE height >= ? AND height < 0";

    private final Sql sql;
    private final WideBestNonces wideBests;

    HistoryReader(Sql sql) {
        this.sql = sql;
        this.wideBests = new WideBestNonces(sql);
    }

    /** The highest height of {@code submissions}, 0 when it is empty. */
    static long highest(Sql sql) throws SQLException {
        return sql.number(HIGHEST);
    }

    /** Passes each row whose height, a u64, is above (highest height - blocks) to the reader. */
    void read(long blocks, Consumer<BestNonce> reader) throws SQLException {
        sql.execute(CACHE);
        long wideHighest = sql.number(WIDE_HIGHEST);
        long highest = SqlValues.isWide(wideHighest) ? wideHighest : highest(sql);
        long from = Long.compareUnsigned(highest, blocks) < 0 ? 0 : highest - blocks + 1;
        if (SqlValues.isWide(from)) {
            readWide(from, reader);
        } else {
            readNarrow(from, reader);
            readWide(Long.MIN_VALUE, reader);
        }
    }

    private void readNarrow(long from, Consumer<BestNonce> reader) throws SQLException {
        try (ResultSet shares = sql.query(FROM, from)) {
            while (shares.next()) {
                readShare(
                        shares.getString(1),
                        MachineIds.canonical(shares.getString(2)),
                        shares.getString(3),
                        reader);
            }
        }
    }

    private void readShare(String accountId, String machine, @Nullable String rows, Consumer<BestNonce> reader)
            throws SQLException {
        for (HistoryRowParser text = new HistoryRowParser(rows); text.next();) {
            Long rawQuality = text.isReference() ? other(accountId, machine, text) : Long.valueOf(text.rawQuality());
            if (rawQuality != null) {
                reader.accept(new BestNonce(accountId, machine, text.height(), rawQuality, text.at()));
            }
        }
    }

    /** The raw_quality of a row if it is not an INTEGER. */
    private @Nullable Long other(String accountId, String machine, HistoryRowParser row) throws SQLException {
        try (ResultSet rows = sql.query(QUALITY, row.rawQuality())) {
            return rows.next() ? wideBests.exact(accountId, machine, row.height(), rows.getObject(1)) : null;
        }
    }

    private void readWide(long from, Consumer<BestNonce> reader) throws SQLException {
        try (ResultSet rows = sql.query(WIDE_FROM, from)) {
            while (rows.next()) {
                reader.accept(new BestNonce(
                        rows.getString(1), rows.getString(2), rows.getLong(3), rows.getLong(4), at(rows)));
            }
        }
    }

    private static Instant at(ResultSet row) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(5));
    }
}
