package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoreChange.RoundAnnounced;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.store.testkit.ReferenceDatabase;

/** What the tests of this package share. */
final class Fixtures {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final String ACCOUNT = "a".repeat(40);
    static final MiningInfo ROUND = new MiningInfo("1".repeat(64), 1_000, 100, "2".repeat(64));
    static final RoundAnnounced ANNOUNCED = new RoundAnnounced(ROUND, NOW);

    private Fixtures() {}

    static StoreSettings settings(Path file) {
        return new StoreSettings(file, 0, Duration.ofMinutes(2));
    }

    static OutboxPut put(long nonce) {
        return new OutboxPut(new ReceivedNonce(submission(nonce), new MinerId("10.0.0.1"), NOW));
    }

    static NonceSubmission submission(long nonce) {
        return NonceSubmission.builder()
                .round(ROUND)
                .accountId(ACCOUNT)
                .seed("3".repeat(64))
                .nonce(nonce)
                .compression(1)
                .rawQuality(1_000_000)
                .build();
    }

    /** Writes without waiting for the result. */
    static void send(SubmissionStore store, StoreChange change) {
        CompletableFuture<Void> sent = store.write(change);
        Objects.requireNonNull(sent);
    }

    /** Writes without waiting, as above. */
    static void send(HistoryStore store, HistoryChange change) {
        CompletableFuture<Void> sent = store.write(change);
        Objects.requireNonNull(sent);
    }

    /** Waits for a write, with a generous time limit. */
    static void await(CompletableFuture<Void> write) throws Exception {
        write.get(60, TimeUnit.SECONDS);
    }

    static List<BestNonce> history(HistoryStore store, long blocks) {
        List<BestNonce> rows = new ArrayList<>();
        store.readHistory(blocks, rows::add);
        return rows;
    }

    /** A copy of a database that the other aggregator wrote, shortly before {@link #NOW}. */
    static Path referenceDatabase(Path folder) throws IOException, SQLException {
        return ReferenceDatabase.copy(folder.resolve("aggregator.db"), InstantSource.fixed(NOW));
    }

    /** Opens a file like another program. */
    static Sql otherProgram(Path file) throws SQLException {
        return new Sql(new org.sqlite.SQLiteConfig().createConnection("jdbc:sqlite:" + file));
    }
}
