package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * A store in an SQL database. One thread writes, in the order of the calls; it commits all waiting changes in one
 * transaction.
 *
 * <p>{@link #load} and the methods that begin with {@code read} run on the calling thread, in parallel to the writer; call
 * them on a platform thread.
 */
public final class JdbcStore implements SubmissionStore, HistoryStore {
    /** Further changes fail at once. */
    public static final int MOST_CHANGES = ChangeQueue.CAPACITY;

    /** Further queries of the history fail at once. */
    public static final int MOST_QUERIES = StoredHistory.WAITING;

    private static final System.Logger LOG = System.getLogger(JdbcStore.class.getName());
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final StoreDatabase database;
    private final ChangeQueue queue = new ChangeQueue();
    private final StoredHistory history;
    private final Thread writer;

    /**
     * Starts the writer thread.
     *
     * @param database closed by this store
     * @param retention used by the writer thread only
     */
    public JdbcStore(StoreDatabase database, Retention retention) {
        this.database = database;
        this.history = new StoredHistory(database);
        this.writer = Thread.ofPlatform()
                .name("store-writer")
                .daemon()
                .start(new StoreThread(queue, database, retention));
    }

    /** A query with a result. */
    interface Question<T> {
        T ask(Sql sql) throws SQLException;
    }

    private <T> T read(Question<T> question) {
        try (Sql sql = database.reader()) {
            return question.ask(sql);
        } catch (SQLException | IllegalArgumentException e) {
            throw database.refusal(e);
        }
    }

    @Override
    public StoredFarm load(Instant now) {
        return read(sql -> new FarmReader(sql).read(now));
    }

    @Override
    public void readHistory(long blocks, Consumer<BestNonce> reader) {
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks must be at least 1");
        }
        read(sql -> {
            database.dialect().bests(sql).read(blocks, reader);
            return true;
        });
    }

    @Override
    public void readVerdicts(int newest, Consumer<Verdict> reader) {
        read(sql -> {
            new FarmReader(sql).readVerdicts(newest, reader);
            return true;
        });
    }

    @Override
    public BlockMemory readBlocks() {
        return read(sql -> new BlockReader(sql).memory());
    }

    @Override
    public void readDetectors(Consumer<DetectorState> reader) {
        read(sql -> {
            new DetectionRecords(sql).readDetectors(reader);
            return true;
        });
    }

    @Override
    public FarmHistory history() {
        return history;
    }

    @Override
    public CompletableFuture<Void> write(StoreChange change) {
        return write(false, writer -> writer.apply(change));
    }

    @Override
    public CompletableFuture<Void> write(HistoryChange change) {
        return write(true, writer -> writer.apply(change));
    }

    private CompletableFuture<Void> write(boolean history, QueuedChange.Rows rows) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        switch (queue.offer(new QueuedChange(history, rows, durable))) {
            case TAKEN -> {}
            case FULL ->
                durable.completeExceptionally(new StoreException(database.name() + " is written too slowly, "
                        + ChangeQueue.CAPACITY + " changes are waiting: check the disk"));
            case CLOSED -> durable.completeExceptionally(new StoreException(database.name() + " is closed"));
        }
        return durable;
    }

    /** Waits at most 5 s until all waiting changes are written. After that, writing continues in the background. */
    @Override
    public void close() {
        history.close();
        queue.close();
        if (Thread.currentThread() == writer) {
            return;
        }
        try {
            if (!writer.join(CLOSE_WITHIN)) {
                LOG.log(System.Logger.Level.WARNING, "{0} is still being written after 5 s, not waiting longer",
                        database.name());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
