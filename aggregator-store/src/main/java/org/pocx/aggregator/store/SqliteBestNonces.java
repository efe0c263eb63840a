package org.pocx.aggregator.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

/**
 * The table {@code submissions}, which the other aggregator uses, too. Heights of 2^63 and more, which it cannot store, are only
 * in {@link WideBestNonces}.
 */
final class SqliteBestNonces implements BestNonceTable {
    /** The time format of the other aggregator: UTC, whole seconds. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Keeps the id of an existing row. (The other aggregator replaces the row, so its id changes.) */
    private static final String PUT =
            """
            INSERT INTO submissions (account_id, machine_id, height, raw_quality, timestamp) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (account_id, machine_id, height)
            DO UPDATE SET raw_quality = excluded.raw_quality, timestamp = excluded.timestamp""";

    private static final String REMOVE =
            "DELETE FROM submissions WHERE account_id = ? AND machine_id = ? AND height = ?";

    private static final String PAGE =
            "SELECT id, account_id, machine_id, height, raw_quality, unixepoch(timestamp) FROM submissions WHERE id < ?";

    private final Sql sql;
    private final WideBestNonces wideBests;

    SqliteBestNonces(Sql sql) {
        this.sql = sql;
        this.wideBests = new WideBestNonces(sql);
    }

    @Override
    public void put(BestNonce best) throws SQLException {
        String timestamp = TIMESTAMP.format(best.at());
        boolean wideQuality = SqlValues.isWide(best.rawQuality());
        if (wideQuality || SqlValues.isWide(best.height())) {
            wideBests.put(best, timestamp);
        }
        if (!SqlValues.isWide(best.height())) {
            Object quality = wideQuality ? (Object) SqlValues.real(best.rawQuality()) : (Object) best.rawQuality();
            sql.update(PUT, best.accountId(), best.machine(), best.height(), quality, timestamp);
        }
    }

    @Override
    public void remove(String accountId, String machine, long height) throws SQLException {
        wideBests.remove(accountId, machine, height);
        if (!SqlValues.isWide(height)) {
            sql.update(REMOVE, accountId, machine, height);
            for (String other : MachineIds.otherSpellings(sql, accountId, machine, height)) {
                sql.update(REMOVE, accountId, other, height);
            }
        }
    }

    @Override
    public void read(long blocks, Consumer<BestNonce> reader) throws SQLException {
        new HistoryReader(sql).read(blocks, reader);
    }

    @Override
    public List<HistoryRow<BestNonce>> find(SubmissionQuery query) throws SQLException {
        PageConditions where = new PageConditions(query.page());
        query.accountId().ifPresent(account -> where.add("account_id = ?", account));
        if (query.machine().isPresent()) {
            where.addAny("machine_id", MachineIds.spellings(sql, query.machine().get()));
        }
        query.height().ifPresent(height -> where.add("height = ?", height));
        List<HistoryRow<BestNonce>> found = new ArrayList<>();
        try (ResultSet rows = sql.query(PAGE + where.text(), where.values())) {
            while (rows.next()) {
                String account = rows.getString(2);
                String machine = MachineIds.canonical(rows.getString(3));
                long height = rows.getLong(4);
                Long rawQuality = wideBests.exact(account, machine, height, rows.getObject(5));
                if (rawQuality != null) {
                    Instant at = Instant.ofEpochSecond(rows.getLong(6));
                    found.add(new HistoryRow<>(
                            rows.getLong(1), new BestNonce(account, machine, height, rawQuality, at)));
                }
            }
        }
        return found;
    }

    @Override
    public List<BatchedDelete> outdated(Instant oldest, long blocks) throws SQLException {
        long lowest = HistoryReader.highest(sql) - blocks;
        // An invalid time counts as 1970: then only the height decides.
        return List.of(
                new BatchedDelete(
                        "submissions",
                        "coalesce(unixepoch(timestamp), 0) < ? AND height < ?",
                        oldest.getEpochSecond(),
                        lowest),
                new BatchedDelete(
                        "pocx_wide_bests",
                        "coalesce(unixepoch(timestamp), 0) < ? AND (height < 0 OR height < ?)",
                        oldest.getEpochSecond(),
                        lowest));
    }
}
