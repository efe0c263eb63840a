package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * A store in an SQLite file: a new file, or a database of the other aggregator, which keeps its table and can be opened
 * by that program again.
 *
 * <p>It also keeps the history of the statistics: {@code FarmStatistics.builder().store(…)}. One thread writes, in the
 * order of the calls; it commits all waiting changes in one transaction with {@code synchronous=FULL}. When the future
 * of a change completes, the change survives {@code kill -9} and, if the disk honours flushes, a power failure. While
 * the file cannot be written, the futures fail; as soon as it can be written again, writes succeed again.
 *
 * <p>{@link #load} and {@link #readHistory} run on the calling thread, in parallel to the writer; call them on a
 * platform thread. They throw {@link StoreException} if the file cannot be read.
 */
public final class SqliteSubmissionStore implements SubmissionStore, HistoryStore {
    private static final System.Logger LOG = System.getLogger(SqliteSubmissionStore.class.getName());
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Path file;
    private final Connections connections;
    private final ChangeQueue queue;
    private final SqliteHistory history;
    private final Thread writer;

    private SqliteSubmissionStore(Path file, Connections connections, ChangeQueue queue, StoreThread work) {
        this.file = file;
        this.connections = connections;
        this.queue = queue;
        this.history = new SqliteHistory(file, connections);
        this.writer = Thread.ofPlatform().name("store-writer").daemon().unstarted(work);
    }

    /**
     * Opens a store with the system clock; see {@link #open(StoreSettings, InstantSource)}.
     *
     * @param settings the file, and how long its rows are kept
     * @return an open store; the caller closes it
     */
    public static SqliteSubmissionStore open(StoreSettings settings) {
        return open(settings, WallClock.system());
    }

    /**
     * Opens the database, or creates it if the file does not exist (its folder must exist). Until {@link #close}, a
     * lock file next to it prevents other aggregators from opening it.
     *
     * @param settings the file, and how long its rows are kept
     * @param clock the wall clock, by which retention deletes old rows
     * @return an open store; the caller closes it
     * @throws StoreException if the file cannot be used: it is damaged, not a database, a database of another program
     *     or a newer version, locked, read-only, or in use by another aggregator. The file is not changed then
     */
    public static SqliteSubmissionStore open(StoreSettings settings, InstantSource clock) {
        return open(settings, clock, connections -> connections);
    }

    /** Opens a store with replaced connections, for tests that make them fail. */
    static SqliteSubmissionStore open(
            StoreSettings settings, InstantSource clock, UnaryOperator<Connections> interception) {
        NativeLibrary.require();
        Path file = DatabasePath.resolve(settings.path());
        DatabaseLock lock = DatabaseLock.take(file);
        boolean opened = false;
        try {
            new DatabaseValidator(file).check();
            Connections connections = interception.apply(new FileConnections(file));
            Database database = prepare(file, connections, lock);
            ChangeQueue queue = new ChangeQueue();
            StoreThread work =
                    new StoreThread(file, queue, database, new Retention(settings, clock, System::nanoTime), lock);
            SqliteSubmissionStore store = new SqliteSubmissionStore(file, connections, queue, work);
            store.writer.start();
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static Database prepare(Path file, Connections connections, DatabaseLock lock) {
        Database database = new Database(file, connections, lock);
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            } else if (Files.size(file) == 0) {
                LOG.log(System.Logger.Level.WARNING, "{0} was empty: creating a new database in it", file);
            }
            database.connect();
            return database;
        } catch (IOException e) {
            throw new StoreException("cannot create " + file + " (" + SqliteErrors.oneLine(e) + "): check its folder",
                    e);
        } catch (SQLException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    @Override
    public StoredFarm load(Instant now) {
        try (Sql sql = new Sql(connections.reader())) {
            return new FarmReader(sql).read(now);
        } catch (SQLException | IllegalArgumentException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    @Override
    public void readHistory(long blocks, Consumer<BestNonce> reader) {
        if (blocks < 1) {
            throw new IllegalArgumentException("blocks must be at least 1");
        }
        try (Sql sql = new Sql(connections.reader())) {
            new HistoryReader(sql).read(blocks, reader);
        } catch (SQLException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    @Override
    public void readVerdicts(int newest, Consumer<Verdict> reader) {
        try (Sql sql = new Sql(connections.reader())) {
            new FarmReader(sql).readVerdicts(newest, reader);
        } catch (SQLException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    @Override
    public BlockMemory readBlocks() {
        try (Sql sql = new Sql(connections.reader())) {
            return new BlockReader(sql).memory();
        } catch (SQLException | IllegalArgumentException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    @Override
    public void readDetectors(Consumer<DetectorState> reader) {
        try (Sql sql = new Sql(connections.reader())) {
            new DetectionTables(sql).readDetectors(reader);
        } catch (SQLException e) {
            throw SqliteErrors.refusal(file, e);
        }
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
                durable.completeExceptionally(new StoreException(file + " is written too slowly, "
                        + ChangeQueue.CAPACITY + " changes are waiting: check the disk"));
            case CLOSED -> durable.completeExceptionally(new StoreException(file + " is closed"));
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
                LOG.log(System.Logger.Level.WARNING, "{0} is still being written after 5 s, not waiting longer", file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
