package org.pocx.aggregator.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.StoredFarm.StoredRound;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;

/** Reads the state that a restart continues with. */
final class FarmReader {
    /** The block hashes of the open rounds: the last 3 of each upstream that were not closed. */
    static final String OPEN_ROUNDS =
            "SELECT block_hash FROM pocx_rounds WHERE closed = 0 AND block_hash IN (SELECT block_hash FROM ("
                    + "SELECT u.block_hash, row_number() OVER (PARTITION BY u.upstream ORDER BY u.ordinal DESC) AS place"
                    + " FROM pocx_round_upstreams u JOIN pocx_rounds r USING (block_hash) WHERE r.closed = 0)"
                    + " AS ranked WHERE place <= 3) ORDER BY ordinal DESC LIMIT 12";

    private static final Duration CONFIRMED_WITHIN = Duration.ofHours(24);

    private final Sql sql;

    FarmReader(Sql sql) {
        this.sql = sql;
    }

    StoredFarm read(Instant now) throws SQLException {
        return new StoredFarm(openRounds(), outbox(), verdicts(), confirmedMachines(now), standings());
    }

    private List<StoredRound> openRounds() throws SQLException {
        List<byte[]> blockHashes = new ArrayList<>();
        try (ResultSet rows = sql.query(OPEN_ROUNDS)) {
            while (rows.next()) {
                blockHashes.add(rows.getBytes(1));
            }
        }
        List<StoredRound> rounds = new ArrayList<>();
        for (byte[] blockHash : blockHashes.reversed()) {
            rounds.add(new StoredRound(announcements(blockHash), firstAnnounced(blockHash), upstreams(blockHash)));
        }
        return rounds;
    }

    private Set<String> upstreams(byte[] blockHash) throws SQLException {
        Set<String> upstreams = new HashSet<>();
        try (ResultSet rows = sql.query(
                "SELECT upstream FROM pocx_round_upstreams WHERE block_hash = ?", (Object) blockHash)) {
            while (rows.next()) {
                upstreams.add(rows.getString(1));
            }
        }
        return upstreams;
    }

    private Set<StoredStanding> standings() throws SQLException {
        Set<StoredStanding> standings = new HashSet<>();
        try (ResultSet rows =
                sql.query("SELECT * FROM pocx_standings WHERE block_hash IN (" + OPEN_ROUNDS + ")")) {
            while (rows.next()) {
                standings.add(new StoredStanding(
                        hex(rows, "block_hash"),
                        nonceId(rows),
                        rows.getString("upstream"),
                        DecisionCode.decision(rows.getInt("confirmed")),
                        rows.getLong("confirmed_raw_quality")));
            }
        }
        return standings;
    }

    private static NonceId nonceId(ResultSet row) throws SQLException {
        return new NonceId(
                hex(row, "generation_signature"),
                hex(row, "account_id"),
                hex(row, "seed"),
                row.getLong("nonce"),
                row.getInt("compression"),
                row.getLong("raw_quality"),
                CoinbaseOutputs.ofText(row.getString("coinbase_outputs")));
    }

    private Optional<Instant> firstAnnounced(byte[] blockHash) throws SQLException {
        try (ResultSet row = sql.query(
                "SELECT coalesce(first_announced_at, announced_at) FROM pocx_rounds WHERE block_hash = ?",
                (Object) blockHash)) {
            return row.next() ? Optional.of(SqlValues.instant(row.getLong(1))) : Optional.empty();
        }
    }

    private List<MiningInfo> announcements(byte[] blockHash) throws SQLException {
        List<MiningInfo> announcements = new ArrayList<>();
        try (ResultSet rows = sql.query(
                "SELECT generation_signature, base_target, height FROM pocx_announcements"
                        + " WHERE block_hash = ? ORDER BY ordinal",
                (Object) blockHash)) {
            while (rows.next()) {
                announcements.add(new MiningInfo(
                        SqlValues.hex(rows.getBytes(1)), rows.getLong(2), rows.getLong(3), SqlValues.hex(blockHash)));
            }
        }
        return announcements;
    }

    private List<ReceivedNonce> outbox() throws SQLException {
        List<ReceivedNonce> entries = new ArrayList<>();
        try (ResultSet rows = sql.query("SELECT * FROM pocx_outbox WHERE block_hash IN (" + OPEN_ROUNDS
                + ") ORDER BY received_at, id")) {
            while (rows.next()) {
                entries.add(new ReceivedNonce(submission(rows), miner(rows), time(rows, "received_at")));
            }
        }
        return entries;
    }

    private List<Verdict> verdicts() throws SQLException {
        List<Verdict> verdicts = new ArrayList<>();
        try (ResultSet rows = sql.query(
                "SELECT * FROM pocx_outcomes WHERE block_hash IN (" + OPEN_ROUNDS + ") ORDER BY id")) {
            while (rows.next()) {
                verdicts.add(verdict(rows));
            }
        }
        return verdicts;
    }

    /** Reads the last verdicts of all rounds, newest first. */
    void readVerdicts(int newest, Consumer<Verdict> reader) throws SQLException {
        try (ResultSet rows = sql.query("SELECT * FROM pocx_outcomes ORDER BY id DESC LIMIT ?", newest)) {
            while (rows.next()) {
                reader.accept(verdict(rows));
            }
        }
    }

    private Map<String, Instant> confirmedMachines(Instant now) throws SQLException {
        Map<String, Instant> machines = new HashMap<>();
        try (ResultSet rows = sql.query(
                "SELECT machine, at FROM pocx_confirmed_machines WHERE at > ?",
                SqlValues.nanos(now.minus(CONFIRMED_WITHIN)))) {
            while (rows.next()) {
                machines.put(rows.getString(1), SqlValues.instant(rows.getLong(2)));
            }
        }
        return machines;
    }

    private static Verdict verdict(ResultSet row) throws SQLException {
        return new Verdict(new ReceivedNonce(submission(row), miner(row), time(row, "received_at")),
                Outcome.valueOf(row.getString("outcome")), row.getLong("confirmed_raw_quality"),
                VerdictColumns.message(row), VerdictColumns.isBadProof(row), time(row, "at"));
    }

    private static NonceSubmission submission(ResultSet row) throws SQLException {
        return NonceSubmission.builder()
                .blockHash(hex(row, "block_hash"))
                .height(row.getLong("height"))
                .generationSignature(hex(row, "generation_signature"))
                .baseTarget(row.getLong("base_target"))
                .accountId(hex(row, "account_id"))
                .seed(hex(row, "seed"))
                .nonce(row.getLong("nonce"))
                .compression(row.getInt("compression"))
                .rawQuality(row.getLong("raw_quality"))
                .coinbaseOutputs(CoinbaseOutputs.ofText(row.getString("coinbase_outputs")))
                .build();
    }

    private static MinerId miner(ResultSet row) throws SQLException {
        return MinerId.ofId(row.getString("machine"));
    }

    private static String hex(ResultSet row, String column) throws SQLException {
        return SqlValues.hex(row.getBytes(column));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return SqlValues.instant(row.getLong(column));
    }
}
