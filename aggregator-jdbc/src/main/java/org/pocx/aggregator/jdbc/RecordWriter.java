package org.pocx.aggregator.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/** Writes rounds, minutes and events as rows in the open transaction. Used only by the writer thread. */
final class RecordWriter {
    private static final String PUT_ROUND =
            """
            INSERT INTO pocx_round_records (block_hash, height, base_target, begun_at, until, raw_quality, poc_time,
            account_id, machine, outcome, received, filtered, confirmed, rejected, stale, expired, capacity_tib,
            active_machines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (block_hash) DO UPDATE SET height = excluded.height, base_target = excluded.base_target,
            until = excluded.until, raw_quality = excluded.raw_quality, poc_time = excluded.poc_time,
            account_id = excluded.account_id, machine = excluded.machine, outcome = excluded.outcome,
            received = excluded.received, filtered = excluded.filtered, confirmed = excluded.confirmed,
            rejected = excluded.rejected, stale = excluded.stale, expired = excluded.expired,
            capacity_tib = excluded.capacity_tib, active_machines = excluded.active_machines""";

    private static final String PUT_MINUTE =
            """
            INSERT INTO pocx_minutes (minute, received, filtered, confirmed, rejected, stale, expired,
            latencies, capacity_tib, active_machines) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (minute) DO UPDATE SET
            received = excluded.received, filtered = excluded.filtered, confirmed = excluded.confirmed,
            rejected = excluded.rejected, stale = excluded.stale, expired = excluded.expired,
            latencies = excluded.latencies, capacity_tib = excluded.capacity_tib,
            active_machines = excluded.active_machines""";

    private static final String PUT_EVENT =
            """
            INSERT INTO pocx_events (id, at, kind, height, machine, account_id, raw_quality, poc_time,
            times, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET at = excluded.at, kind = excluded.kind, height = excluded.height,
            machine = excluded.machine, account_id = excluded.account_id, raw_quality = excluded.raw_quality,
            poc_time = excluded.poc_time, times = excluded.times, words = excluded.words""";

    private final Sql sql;

    RecordWriter(Sql sql) {
        this.sql = sql;
    }

    void put(RoundRecord round) throws SQLException {
        RoundRecord.@Nullable Best best = round.best().orElse(null);
        WorkCounts counts = round.counts();
        sql.update(
                PUT_ROUND,
                SqlValues.blob(round.blockHash()),
                round.height(),
                round.baseTarget(),
                SqlValues.nanos(round.begunAt()),
                SqlValues.nanos(round.until()),
                best == null ? null : best.rawQuality(),
                best == null ? null : best.pocTime(),
                best == null ? null : SqlValues.blob(best.accountId()),
                best == null ? null : best.machine(),
                best == null || best.outcome() == null ? null : best.outcome().name(),
                counts.received(),
                counts.filtered(),
                counts.confirmed(),
                counts.rejected(),
                counts.stale(),
                counts.expired(),
                finite(round.capacityTib()),
                round.activeMachines());
    }

    void put(MinuteRecord minute) throws SQLException {
        WorkCounts counts = minute.counts();
        sql.update(
                PUT_MINUTE,
                SqlValues.minute(minute.at()),
                counts.received(),
                counts.filtered(),
                counts.confirmed(),
                counts.rejected(),
                counts.stale(),
                counts.expired(),
                blob(minute.latencies()),
                finite(minute.capacityTib()),
                minute.activeMachines());
    }

    void put(FarmEvent event) throws SQLException {
        sql.update(
                PUT_EVENT,
                event.id(),
                SqlValues.nanos(event.at()),
                event.kind().name(),
                event.height(),
                event.machine(),
                event.accountId(),
                event.rawQuality(),
                event.pocTime(),
                event.times(),
                event.words());
    }

    /** NaN and infinite mean unknown and become NULL. (SQLite would store an infinite value.) */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static byte[] blob(Latencies latencies) {
        List<Long> counts = latencies.counts();
        ByteBuffer bytes = ByteBuffer.allocate(counts.size() * Integer.BYTES);
        counts.forEach(count -> bytes.putInt((int) Math.min(Integer.MAX_VALUE, count)));
        return bytes.array();
    }

    /** The inverse of {@link #blob}. */
    static Latencies latencies(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        long[] counts = new long[blob.length / Integer.BYTES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = bytes.getInt();
        }
        return Latencies.of(counts);
    }
}
