package org.pocx.aggregator.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Writes what a new block changes as rows in the open transaction. Used only by the writer thread. */
final class BlockWriter {
    private static final int PERIOD_BYTES = Long.BYTES + Float.BYTES + Integer.BYTES;

    private static final String PUT_WIN =
            """
            INSERT INTO pocx_won_blocks (height, next_signature, at, account_id, machine, raw_quality, poc_time, orphaned)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (height, next_signature) DO UPDATE SET at = excluded.at, account_id = excluded.account_id,
            machine = excluded.machine, raw_quality = excluded.raw_quality, poc_time = excluded.poc_time,
            orphaned = excluded.orphaned""";

    private static final String PUT_LOSS =
            """
            INSERT INTO pocx_probable_losses (height, signature, at, account_id, machine, raw_quality, poc_time)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (height, signature) DO UPDATE SET at = excluded.at, account_id = excluded.account_id,
            machine = excluded.machine, raw_quality = excluded.raw_quality, poc_time = excluded.poc_time""";

    private static final String REMOVE_LOSS = "DELETE FROM pocx_probable_losses WHERE height = ? AND signature = ?";

    private static final String PUT_LUCK =
            """
            INSERT INTO pocx_luck (kind, id, ordinal, expected, won, periods)
            VALUES (?, ?, (SELECT coalesce(max(ordinal), 0) + 1 FROM pocx_luck), ?, ?, ?)
            ON CONFLICT (kind, id) DO UPDATE SET ordinal = excluded.ordinal, expected = excluded.expected,
            won = excluded.won, periods = excluded.periods""";

    private static final String REMOVE_LUCK = "DELETE FROM pocx_luck WHERE kind = ? AND id = ?";

    private static final String PUT_STATE =
            "INSERT INTO pocx_block_state (id, next_height, unseen) VALUES (1, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET next_height = excluded.next_height, unseen = excluded.unseen";

    private static final String PUT_SIGNATURE =
            "INSERT INTO pocx_signatures (ordinal, height, signature, base_target, begun_at) VALUES (?, ?, ?, ?, ?)";

    private final Sql sql;

    BlockWriter(Sql sql) {
        this.sql = sql;
    }

    void apply(BlockChange change) throws SQLException {
        for (WonBlock win : change.wins()) {
            put(win);
        }
        for (ProbableLoss loss : change.losses()) {
            put(loss);
        }
        for (ProbableLoss loss : change.withdrawn()) {
            sql.update(REMOVE_LOSS, loss.height(), SqlValues.blob(loss.signature()));
        }
        for (LuckRecord record : change.luck()) {
            put(record);
        }
        for (LuckSubject subject : change.forgotten()) {
            sql.update(REMOVE_LUCK, subject.kind().name(), subject.id());
        }
        BlockState state = change.state().orElse(null);
        if (state != null) {
            put(state);
        }
    }

    private void put(WonBlock win) throws SQLException {
        WonBlock.@Nullable Finder finder = win.finder().orElse(null);
        sql.update(
                PUT_WIN,
                win.height(),
                SqlValues.blob(win.signature()),
                SqlValues.nanos(win.at()),
                SqlValues.blob(win.accountId()),
                finder == null ? null : finder.machine(),
                finder == null ? null : finder.rawQuality(),
                finder == null ? null : finder.pocTime(),
                win.orphaned() ? 1 : 0);
    }

    private void put(ProbableLoss loss) throws SQLException {
        sql.update(
                PUT_LOSS,
                loss.height(),
                SqlValues.blob(loss.signature()),
                SqlValues.nanos(loss.at()),
                SqlValues.blob(loss.accountId()),
                loss.machine(),
                loss.rawQuality(),
                loss.pocTime());
    }

    private void put(LuckRecord record) throws SQLException {
        sql.update(
                PUT_LUCK,
                record.subject().kind().name(),
                record.subject().id(),
                record.expected(),
                record.won(),
                blob(record.periods()));
    }

    private void put(BlockState state) throws SQLException {
        sql.update(PUT_STATE, state.nextHeight(), state.unseen());
        sql.update("DELETE FROM pocx_signatures");
        int ordinal = 0;
        for (RoundSignature known : state.signatures()) {
            sql.update(
                    PUT_SIGNATURE,
                    ++ordinal,
                    known.height(),
                    SqlValues.blob(known.signature()),
                    known.baseTarget(),
                    SqlValues.nanos(known.begunAt()));
        }
    }

    private static byte[] blob(List<LuckRecord.Period> periods) {
        ByteBuffer bytes = ByteBuffer.allocate(periods.size() * PERIOD_BYTES);
        periods.forEach(
                period -> bytes.putLong(period.index()).putFloat((float) period.expected()).putInt(period.won()));
        return bytes.array();
    }

    /** The inverse of {@link #blob}. */
    static List<LuckRecord.Period> periods(byte[] blob) {
        ByteBuffer bytes = ByteBuffer.wrap(blob);
        LuckRecord.Period[] periods = new LuckRecord.Period[blob.length / PERIOD_BYTES];
        for (int i = 0; i < periods.length; i++) {
            periods[i] = new LuckRecord.Period(bytes.getLong(), bytes.getFloat(), bytes.getInt());
        }
        return List.of(periods);
    }
}
