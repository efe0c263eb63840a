package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundSignature;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Reads won blocks, probable losses and luck. */
final class BlockReader {
    private final Sql sql;

    BlockReader(Sql sql) {
        this.sql = sql;
    }

    BlockMemory memory() throws SQLException {
        return new BlockMemory(state(), lastWins(), luck());
    }

    private BlockState state() throws SQLException {
        List<RoundSignature> signatures = new ArrayList<>();
        try (ResultSet rows = sql.query("SELECT * FROM pocx_signatures ORDER BY ordinal")) {
            while (rows.next()) {
                signatures.add(new RoundSignature(
                        rows.getLong("height"),
                        SqlValues.hex(rows.getBytes("signature")),
                        rows.getLong("base_target"),
                        SqlValues.instant(rows.getLong("begun_at"))));
            }
        }
        return new BlockState(
                signatures,
                sql.number("SELECT next_height FROM pocx_block_state"),
                sql.number("SELECT unseen FROM pocx_block_state"));
    }

    private List<WonBlock> lastWins() throws SQLException {
        List<WonBlock> found = new ArrayList<>();
        try (ResultSet rows =
                sql.query("SELECT * FROM pocx_won_blocks ORDER BY id DESC LIMIT ?", BlockMemory.LAST_WINS)) {
            while (rows.next()) {
                found.add(win(rows));
            }
        }
        return found;
    }

    private List<LuckRecord> luck() throws SQLException {
        List<LuckRecord> found = new ArrayList<>();
        try (ResultSet rows = sql.query("SELECT * FROM pocx_luck ORDER BY ordinal")) {
            while (rows.next()) {
                found.add(new LuckRecord(
                        new LuckSubject(LuckSubject.Kind.valueOf(rows.getString("kind")), rows.getString("id")),
                        rows.getDouble("expected"),
                        rows.getLong("won"),
                        BlockWriter.periods(rows.getBytes("periods"))));
            }
        }
        return found;
    }

    List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) throws SQLException {
        List<HistoryRow<WonBlock>> found = new ArrayList<>();
        try (ResultSet rows = ofPage(query)) {
            while (rows.next()) {
                found.add(new HistoryRow<>(rows.getLong("id"), win(rows)));
            }
        }
        return found;
    }

    private ResultSet ofPage(BlockQuery query) throws SQLException {
        String select = "SELECT * FROM pocx_won_blocks WHERE id < ? AND ";
        String page = " ORDER BY id DESC LIMIT ? OFFSET ?";
        long before = query.page().before();
        int limit = query.page().limit();
        int offset = query.page().offset();
        String id = query.subject().id();
        return switch (query.subject().kind()) {
            case FARM -> sql.query(select + "true" + page, before, limit, offset);
            case ACCOUNT -> sql.query(select + "account_id = ?" + page, before, SqlValues.blob(id), limit, offset);
            case MACHINE -> sql.query(select + "machine = ?" + page, before, id, limit, offset);
        };
    }

    List<ProbableLoss> losses(int newest) throws SQLException {
        List<ProbableLoss> found = new ArrayList<>();
        try (ResultSet rows = sql.query("SELECT * FROM pocx_probable_losses ORDER BY id DESC LIMIT ?", newest)) {
            while (rows.next()) {
                found.add(new ProbableLoss(
                        rows.getLong("height"),
                        SqlValues.hex(rows.getBytes("signature")),
                        SqlValues.instant(rows.getLong("at")),
                        SqlValues.hex(rows.getBytes("account_id")),
                        rows.getString("machine"),
                        rows.getLong("raw_quality"),
                        rows.getLong("poc_time")));
            }
        }
        return found;
    }

    private static WonBlock win(ResultSet row) throws SQLException {
        return new WonBlock(
                row.getLong("height"),
                SqlValues.hex(row.getBytes("next_signature")),
                SqlValues.instant(row.getLong("at")),
                SqlValues.hex(row.getBytes("account_id")),
                finder(row),
                row.getInt("orphaned") != 0);
    }

    private static Optional<WonBlock.Finder> finder(ResultSet row) throws SQLException {
        @Nullable String machine = row.getString("machine");
        return machine == null
                ? Optional.empty()
                : Optional.of(new WonBlock.Finder(machine, row.getLong("raw_quality"), row.getLong("poc_time")));
    }
}
