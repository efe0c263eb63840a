package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;
import org.pocx.aggregator.statistics.history.SubmissionRecord.Ending;

/**
 * Reads past submissions: rows of the history table, each with its verdict if there is one, or the verdicts themselves.
 * Heights of 2^63 and more, which the history table cannot store, are found only among the verdicts.
 */
final class SubmissionReader {
    private static final String VERDICTS = "SELECT * FROM pocx_outcomes WHERE id < ?";

    private static final String VERDICTS_OF =
            "SELECT * FROM pocx_outcomes WHERE height = ? AND account_id = ? AND machine = ? ORDER BY id DESC LIMIT 64";

    private final Sql sql;
    private final BestNonceTable bests;

    SubmissionReader(Sql sql, SqlDialect dialect) {
        this.sql = sql;
        this.bests = dialect.bests(sql);
    }

    List<HistoryRow<SubmissionRecord>> read(SubmissionQuery query) throws SQLException {
        return query.outcome().isPresent() ? verdicts(query, query.outcome().get()) : bests(query);
    }

    private List<HistoryRow<SubmissionRecord>> bests(SubmissionQuery query) throws SQLException {
        List<HistoryRow<SubmissionRecord>> found = new ArrayList<>();
        for (HistoryRow<BestNonce> row : bests.find(query)) {
            BestNonce best = row.value();
            found.add(new HistoryRow<>(
                    row.id(),
                    new SubmissionRecord(
                            best.accountId(),
                            best.machine(),
                            best.height(),
                            best.rawQuality(),
                            best.at(),
                            ending(best.accountId(), best.machine(), best.height(), best.rawQuality()))));
        }
        return found;
    }

    private Optional<Ending> ending(String account, String machine, long height, long rawQuality) throws SQLException {
        if (!account.matches("([0-9a-fA-F]{2})+")) {
            return Optional.empty(); // a row of another program, which has no verdict
        }
        byte[] id = SqlValues.blob(account.toLowerCase(Locale.ROOT));
        try (ResultSet rows = sql.query(VERDICTS_OF, height, id, machine)) {
            while (rows.next()) {
                if (rawQuality(rows) == rawQuality) {
                    return Optional.of(ending(rows));
                }
            }
        }
        return Optional.empty();
    }

    private List<HistoryRow<SubmissionRecord>> verdicts(SubmissionQuery query, Outcome outcome) throws SQLException {
        Optional<String> account = query.accountId();
        if (account.isPresent() && !account.get().matches("([0-9a-fA-F]{2})+")) {
            return List.of();
        }
        PageConditions where = new PageConditions(query.page());
        where.add("outcome = ?", outcome.name());
        account.ifPresent(id -> where.add("account_id = ?", SqlValues.blob(id.toLowerCase(Locale.ROOT))));
        query.machine().ifPresent(machine -> where.add("machine = ?", machine));
        query.height().ifPresent(height -> where.add("height = ?", height));
        List<HistoryRow<SubmissionRecord>> found = new ArrayList<>();
        try (ResultSet rows = sql.query(VERDICTS + where.text(), where.values())) {
            while (rows.next()) {
                found.add(new HistoryRow<>(
                        rows.getLong("id"),
                        new SubmissionRecord(
                                SqlValues.hex(rows.getBytes("account_id")),
                                rows.getString("machine"),
                                rows.getLong("height"),
                                rawQuality(rows),
                                SqlValues.instant(rows.getLong("received_at")),
                                Optional.of(ending(rows)))));
            }
        }
        return found;
    }

    private static long rawQuality(ResultSet verdict) throws SQLException {
        boolean accepted = Outcome.valueOf(verdict.getString("outcome")).isAccepted();
        return verdict.getLong(accepted ? "confirmed_raw_quality" : "raw_quality");
    }

    private static Ending ending(ResultSet verdict) throws SQLException {
        return new Ending(
                Outcome.valueOf(verdict.getString("outcome")),
                verdict.getLong("base_target"),
                VerdictColumns.message(verdict),
                SqlValues.instant(verdict.getLong("at")));
    }
}
