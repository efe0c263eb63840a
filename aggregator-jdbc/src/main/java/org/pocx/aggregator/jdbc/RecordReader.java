package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/** Reads rounds, minutes and events, for charts and lists. */
final class RecordReader {
    private final Sql sql;

    RecordReader(Sql sql) {
        this.sql = sql;
    }

    List<HistoryRow<RoundRecord>> rounds(HistoryPage page) throws SQLException {
        List<HistoryRow<RoundRecord>> found = new ArrayList<>();
        try (ResultSet rows = sql.query(
                "SELECT * FROM pocx_round_records WHERE id < ? ORDER BY id DESC LIMIT ? OFFSET ?",
                page.before(),
                page.limit(),
                page.offset())) {
            while (rows.next()) {
                found.add(new HistoryRow<>(rows.getLong("id"), round(rows)));
            }
        }
        return found;
    }

    void readRounds(Instant from, Consumer<RoundRecord> reader) throws SQLException {
        try (ResultSet rows = sql.query(
                "SELECT * FROM pocx_round_records WHERE begun_at >= ? ORDER BY begun_at", SqlValues.nanos(from))) {
            while (rows.next()) {
                reader.accept(round(rows));
            }
        }
    }

    void readMinutes(Instant from, Consumer<MinuteRecord> reader) throws SQLException {
        try (ResultSet rows = sql.query(
                "SELECT * FROM pocx_minutes WHERE minute >= ? ORDER BY minute", SqlValues.minuteFrom(from))) {
            while (rows.next()) {
                reader.accept(new MinuteRecord(
                        SqlValues.minute(rows.getLong("minute")),
                        counts(rows),
                        RecordWriter.latencies(rows.getBytes("latencies")),
                        capacity(rows),
                        rows.getInt("active_machines")));
            }
        }
    }

    List<FarmEvent> events(EventQuery query) throws SQLException {
        List<FarmEvent> found = new ArrayList<>();
        // The names are those of an enum, so this cannot inject SQL.
        String kinds = query.kinds().isEmpty()
                ? ""
                : query.kinds().stream()
                        .map(kind -> "'" + kind.name() + "'")
                        .sorted()
                        .collect(Collectors.joining(", ", " AND kind IN (", ")"));
        try (ResultSet rows = sql.query(
                "SELECT * FROM pocx_events WHERE id < ? AND id > ? AND at >= ?" + kinds
                        + " ORDER BY id DESC LIMIT ? OFFSET ?",
                query.page().before(),
                query.after(),
                SqlValues.nanos(query.since()),
                query.page().limit(),
                query.page().offset())) {
            while (rows.next()) {
                found.add(event(rows));
            }
        }
        return found;
    }

    private static FarmEvent event(ResultSet row) throws SQLException {
        return new FarmEvent(
                row.getLong("id"),
                SqlValues.instant(row.getLong("at")),
                FarmEvent.Kind.valueOf(row.getString("kind")),
                row.getLong("height"),
                row.getString("machine"),
                row.getString("account_id"),
                row.getLong("raw_quality"),
                row.getLong("poc_time"),
                row.getLong("times"),
                row.getString("words"));
    }

    private static RoundRecord round(ResultSet row) throws SQLException {
        return new RoundRecord(
                SqlValues.hex(row.getBytes("block_hash")),
                row.getLong("height"),
                row.getLong("base_target"),
                SqlValues.instant(row.getLong("begun_at")),
                SqlValues.instant(row.getLong("until")),
                best(row),
                counts(row),
                capacity(row),
                row.getInt("active_machines"));
    }

    private static Optional<RoundRecord.Best> best(ResultSet row) throws SQLException {
        byte @Nullable [] account = row.getBytes("account_id");
        if (account == null) {
            return Optional.empty();
        }
        String outcome = row.getString("outcome");
        return Optional.of(new RoundRecord.Best(
                row.getLong("raw_quality"),
                row.getLong("poc_time"),
                SqlValues.hex(account),
                row.getString("machine"),
                outcome == null ? null : Outcome.valueOf(outcome)));
    }

    private static WorkCounts counts(ResultSet row) throws SQLException {
        return new WorkCounts(
                row.getLong("received"),
                row.getLong("filtered"),
                row.getLong("confirmed"),
                row.getLong("rejected"),
                row.getLong("stale"),
                row.getLong("expired"));
    }

    private static double capacity(ResultSet row) throws SQLException {
        double tib = row.getDouble("capacity_tib");
        return row.wasNull() ? Double.NaN : tib;
    }
}
