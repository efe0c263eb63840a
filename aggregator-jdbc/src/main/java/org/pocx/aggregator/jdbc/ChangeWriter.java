package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoreChange.OutboxRemoved;
import org.pocx.aggregator.core.store.StoreChange.RoundAnnounced;
import org.pocx.aggregator.core.store.StoreChange.RoundClosed;
import org.pocx.aggregator.core.store.StoreChange.StandingGiven;
import org.pocx.aggregator.core.store.StoreChange.VerdictGiven;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.BestWithdrawn;
import org.pocx.aggregator.statistics.history.HistoryChange.EventRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.MinuteRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.RoundRecorded;

/** Writes changes as rows in the open transaction. Used only by the writer thread. */
public final class ChangeWriter {
    private static final String ANNOUNCE_ROUND =
            """
            INSERT INTO pocx_rounds (block_hash, ordinal, announced_at, closed, first_announced_at)
            VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM pocx_rounds), ?, 0, ?)
            ON CONFLICT (block_hash) DO UPDATE SET
            ordinal = CASE WHEN ? = 1 THEN excluded.ordinal ELSE pocx_rounds.ordinal END,
            announced_at = excluded.announced_at, closed = 0, first_announced_at =
            CASE WHEN pocx_rounds.closed = 1 THEN excluded.announced_at ELSE pocx_rounds.first_announced_at END""";

    private static final String ANNOUNCE_BY_UPSTREAM =
            """
            INSERT INTO pocx_round_upstreams (block_hash, upstream, ordinal)
            VALUES (?, ?, (SELECT coalesce(max(ordinal), 0) + 1 FROM pocx_round_upstreams))
            ON CONFLICT (block_hash, upstream) DO UPDATE SET ordinal = excluded.ordinal""";

    /** What belongs to a round while it is open. */
    private static final List<String> END_ROUND = List.of(
            "DELETE FROM pocx_outbox WHERE block_hash = ?",
            "DELETE FROM pocx_round_upstreams WHERE block_hash = ?",
            "DELETE FROM pocx_standings WHERE block_hash = ?");

    private static final String ADD_ANNOUNCEMENT =
            """
            INSERT INTO pocx_announcements (block_hash, height, generation_signature, base_target, ordinal)
            VALUES (?, ?, ?, ?, (SELECT max(ordinal) FROM pocx_rounds))
            ON CONFLICT (block_hash, height, generation_signature, base_target)
            DO UPDATE SET ordinal = excluded.ordinal""";

    private static final String CLOSE_ROUND = "UPDATE pocx_rounds SET closed = 1 WHERE block_hash = ?";

    private static final String NONCE_COLUMNS =
            "block_hash, account_id, seed, nonce, compression, height, generation_signature, base_target, raw_quality,"
                    + " coinbase_outputs, machine, received_at";

    private static final String KEY_COLUMNS =
            "block_hash, account_id, seed, nonce, compression, generation_signature, raw_quality, coinbase_outputs";

    private static final String IS_NONCE =
            " WHERE block_hash = ? AND account_id = ? AND seed = ? AND nonce = ? AND compression = ?"
                    + " AND generation_signature = ? AND raw_quality = ? AND coinbase_outputs = ?";

    private static final String REMOVE_OUTBOX = "DELETE FROM pocx_outbox" + IS_NONCE;

    private static final String OUTCOME_OF = "SELECT outcome FROM pocx_outcomes" + IS_NONCE;

    private static final String CONFIRM_MACHINE =
            """
            INSERT INTO pocx_confirmed_machines (machine, at) VALUES (?, ?)
            ON CONFLICT (machine) DO UPDATE SET at =
            CASE WHEN excluded.at > pocx_confirmed_machines.at THEN excluded.at ELSE pocx_confirmed_machines.at END""";

    /** The upstream revoked a confirmation: the machine is not trusted until its next one. */
    private static final String UNCONFIRM_MACHINE = "DELETE FROM pocx_confirmed_machines WHERE machine = ?";

    private final Sql sql;
    private final String putOutbox;
    private final String putOutcome;
    private final String putStanding;
    private final BestNonceTable bests;
    private final RecordWriter records;
    private final BlockWriter blocks;
    private final DetectionRecords detection;

    public ChangeWriter(Sql sql, SqlDialect dialect) {
        this.sql = sql;
        String replacing = " ON CONFLICT (" + dialect.nonceKey() + ") DO UPDATE SET"
                + " height = excluded.height, base_target = excluded.base_target, machine = excluded.machine,"
                + " received_at = excluded.received_at";
        this.putOutbox = "INSERT INTO pocx_outbox (" + NONCE_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + replacing;
        this.putOutcome = "INSERT INTO pocx_outcomes (" + NONCE_COLUMNS
                + ", outcome, confirmed_raw_quality, code, message, bad_proof, at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" + replacing
                + ", outcome = excluded.outcome, confirmed_raw_quality = excluded.confirmed_raw_quality,"
                + " code = excluded.code, message = excluded.message, bad_proof = excluded.bad_proof, at = excluded.at";
        this.putStanding = "INSERT INTO pocx_standings (" + KEY_COLUMNS
                + ", upstream, confirmed, confirmed_raw_quality) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (" + dialect.nonceKey() + ", upstream) DO UPDATE SET confirmed = excluded.confirmed,"
                + " confirmed_raw_quality = excluded.confirmed_raw_quality";
        this.bests = dialect.bests(sql);
        this.records = new RecordWriter(sql);
        this.blocks = new BlockWriter(sql);
        this.detection = new DetectionRecords(sql);
    }

    /**
     * Applies one change. After an exception the transaction must be rolled back, because it may contain a part of the
     * change.
     */
    public void apply(StoreChange change) throws SQLException {
        switch (change) {
            case RoundAnnounced announced -> announce(announced);
            case RoundClosed closed -> close(closed.blockHash());
            case OutboxPut put -> put(put.nonce());
            case OutboxRemoved removed -> removeFromOutbox(removed.blockHash(), removed.nonceId());
            case VerdictGiven given -> {
                give(given.verdict());
                Optional<StoredStanding> standing = StoredStanding.of(given.verdict(), given.upstream());
                if (standing.isPresent()) {
                    put(standing.get());
                }
            }
            case StandingGiven given -> put(given.standing());
        }
    }

    /** Applies one change of the history in the same way. */
    public void apply(HistoryChange change) throws SQLException {
        switch (change) {
            case BestRecorded recorded -> bests.put(recorded.best());
            case BestWithdrawn best -> bests.remove(best.accountId(), best.machine(), best.height());
            case RoundRecorded recorded -> records.put(recorded.round());
            case MinuteRecorded recorded -> records.put(recorded.minute());
            case EventRecorded recorded -> records.put(recorded.event());
            case HistoryChange.BlocksRecorded recorded -> blocks.apply(recorded.change());
            case HistoryChange.DetectorRecorded recorded -> detection.put(recorded.state());
            case HistoryChange.CapacityHourRecorded recorded -> detection.put(recorded.hour());
        }
    }

    private void announce(RoundAnnounced announced) throws SQLException {
        MiningInfo info = announced.info();
        byte[] blockHash = SqlValues.blob(info.blockHash());
        long at = SqlValues.nanos(announced.at());
        sql.update(ANNOUNCE_ROUND, blockHash, at, at, announced.isCurrent() ? 1 : 0);
        sql.update(ANNOUNCE_BY_UPSTREAM, blockHash, announced.upstream());
        sql.update(
                ADD_ANNOUNCEMENT,
                blockHash,
                info.height(),
                SqlValues.blob(info.generationSignature()),
                info.baseTarget());
    }

    private void close(String blockHash) throws SQLException {
        byte[] round = SqlValues.blob(blockHash);
        sql.update(CLOSE_ROUND, round);
        for (String deletion : END_ROUND) {
            sql.update(deletion, round);
        }
    }

    private void put(StoredStanding standing) throws SQLException {
        Object[] nonce = key(standing.blockHash(), standing.nonceId());
        Object[] all = Arrays.copyOf(nonce, nonce.length + 3);
        all[nonce.length] = standing.upstream();
        all[nonce.length + 1] = DecisionCode.of(standing.decision());
        all[nonce.length + 2] = standing.rawQuality();
        sql.change(List.of("standing", standing.blockHash(), standing.nonceId(), standing.upstream()), putStanding,
                all);
    }

    private void put(ReceivedNonce nonce) throws SQLException {
        NonceSubmission submission = nonce.submission();
        sql.change(
                outboxRow(submission.blockHash(), submission.nonceId()),
                putOutbox,
                nonceColumns(submission, nonce.miner(), nonce.receivedAt()));
    }

    private void removeFromOutbox(String blockHash, NonceId nonce) throws SQLException {
        sql.change(outboxRow(blockHash, nonce), REMOVE_OUTBOX, key(blockHash, nonce));
    }

    private static Object outboxRow(String blockHash, NonceId nonce) {
        return List.of("outbox", blockHash, nonce);
    }

    private static Object[] key(String blockHash, NonceId nonce) {
        return new Object[] {
            SqlValues.blob(blockHash),
            SqlValues.blob(nonce.accountId()),
            SqlValues.blob(nonce.seed()),
            nonce.nonce(),
            nonce.compression(),
            SqlValues.blob(nonce.generationSignature()),
            nonce.rawQuality(),
            nonce.coinbaseOutputs().text()
        };
    }

    private void give(Verdict verdict) throws SQLException {
        NonceSubmission submission = verdict.submission();
        if (isTakenBack(verdict)) {
            sql.update(UNCONFIRM_MACHINE, verdict.miner().id());
        }
        sql.change(
                List.of("outcome", submission.blockHash(), submission.nonceId()),
                putOutcome,
                nonceColumns(
                        submission,
                        verdict.miner(),
                        verdict.nonce().receivedAt(),
                        verdict.outcome().name(),
                        verdict.confirmedRawQuality(),
                        VerdictColumns.code(verdict.message()),
                        verdict.message().text(),
                        verdict.badProof() ? 1 : 0,
                        SqlValues.nanos(verdict.at())));
        removeFromOutbox(submission.blockHash(), submission.nonceId());
        if (verdict.outcome().isAccepted() && !verdict.isBad()) {
            sql.change(verdict.miner(), CONFIRM_MACHINE, verdict.miner().id(), SqlValues.nanos(verdict.at()));
        }
    }

    /** Whether the upstream rejects a nonce that it confirmed before. */
    private boolean isTakenBack(Verdict verdict) throws SQLException {
        if (verdict.outcome() != Outcome.REJECTED) {
            return false;
        }
        NonceSubmission nonce = verdict.submission();
        String before = sql.text(OUTCOME_OF, key(nonce.blockHash(), nonce.nonceId()));
        return Stream.of(Outcome.values()).anyMatch(outcome -> outcome.isAccepted() && outcome.name().equals(before));
    }

    /** The values of {@link #NONCE_COLUMNS}, followed by those of further columns. */
    private static Object[] nonceColumns(
            NonceSubmission submission, MinerId miner, Instant receivedAt, Object... more) {
        Object[] nonce = {
            SqlValues.blob(submission.blockHash()),
            SqlValues.blob(submission.accountId()),
            SqlValues.blob(submission.seed()),
            submission.nonce(),
            submission.compression(),
            submission.height(),
            SqlValues.blob(submission.generationSignature()),
            submission.baseTarget(),
            submission.rawQuality(),
            submission.coinbaseOutputs().text(),
            miner.id(),
            SqlValues.nanos(receivedAt)
        };
        Object[] all = Arrays.copyOf(nonce, nonce.length + more.length);
        System.arraycopy(more, 0, all, nonce.length, more.length);
        return all;
    }
}
