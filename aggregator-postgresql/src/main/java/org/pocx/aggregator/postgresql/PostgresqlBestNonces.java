package org.pocx.aggregator.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.jdbc.BatchedDelete;
import org.pocx.aggregator.jdbc.BestNonceTable;
import org.pocx.aggregator.jdbc.PageConditions;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlValues;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.SubmissionQuery;

/** The table {@code pocx_bests}. */
final class PostgresqlBestNonces implements BestNonceTable {
    private static final String PUT =
            """
            INSERT INTO pocx_bests (account_id, machine, height, raw_quality, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account_id, machine, height)
            DO UPDATE SET raw_quality = excluded.raw_quality, at = excluded.at""";

    private static final String REMOVE = "DELETE FROM pocx_bests WHERE account_id = ? AND machine = ? AND height = ?";

    /** In the order of the u64, which is that of the index. */
    private static final String ORDER = PostgresqlSchema.SIGNED_HEIGHT;

    private static final String HIGHEST = "SELECT height FROM pocx_bests ORDER BY " + ORDER + " DESC LIMIT 1";

    private static final String COLUMNS = "SELECT id, account_id, machine, height, raw_quality, at FROM pocx_bests";

    private final Sql sql;

    PostgresqlBestNonces(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void put(BestNonce best) throws SQLException {
        sql.change(
                row(best.accountId(), best.machine(), best.height()),
                PUT,
                best.accountId(),
                best.machine(),
                best.height(),
                best.rawQuality(),
                SqlValues.nanos(best.at()));
    }

    @Override
    public void remove(String accountId, String machine, long height) throws SQLException {
        sql.change(row(accountId, machine, height), REMOVE, accountId, machine, height);
    }

    private static Object row(String accountId, String machine, long height) {
        return List.of("best", accountId, machine, height);
    }

    @Override
    public void read(long blocks, Consumer<BestNonce> reader) throws SQLException {
        long highest = sql.number(HIGHEST);
        long from = Long.compareUnsigned(highest, blocks) < 0 ? 0 : highest - blocks + 1;
        try (ResultSet rows = sql.query(COLUMNS + " WHERE " + ORDER + " >= ?", signed(from))) {
            while (rows.next()) {
                reader.accept(best(rows));
            }
        }
    }

    /** The value of {@link PostgresqlSchema#SIGNED_HEIGHT} for a u64. */
    private static long signed(long height) {
        return height ^ Long.MIN_VALUE;
    }

    @Override
    public List<HistoryRow<BestNonce>> find(SubmissionQuery query) throws SQLException {
        PageConditions where = new PageConditions(query.page());
        query.accountId().ifPresent(account -> where.add("account_id = ?", account));
        query.machine().ifPresent(machine -> where.add("machine = ?", machine));
        query.height().ifPresent(height -> where.add("height = ?", height));
        List<HistoryRow<BestNonce>> found = new ArrayList<>();
        try (ResultSet rows = sql.query(COLUMNS + " WHERE id < ?" + where.text(), where.values())) {
            while (rows.next()) {
                found.add(new HistoryRow<>(rows.getLong(1), best(rows)));
            }
        }
        return found;
    }

    private static BestNonce best(ResultSet row) throws SQLException {
        return new BestNonce(row.getString(2), row.getString(3), row.getLong(4), row.getLong(5), at(row));
    }

    private static Instant at(ResultSet row) throws SQLException {
        return SqlValues.instant(row.getLong(6));
    }

    @Override
    public List<BatchedDelete> outdated(Instant oldest, long blocks) throws SQLException {
        long highest =
                sql.number("SELECT height FROM pocx_bests WHERE height >= 0 ORDER BY " + ORDER + " DESC LIMIT 1");
        return List.of(new BatchedDelete(
                "pocx_bests",
                "at < ? AND (height < 0 OR height < ?)",
                SqlValues.nanos(oldest),
                highest - blocks));
    }
}
