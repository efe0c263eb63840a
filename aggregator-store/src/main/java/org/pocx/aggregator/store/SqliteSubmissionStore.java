package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
import org.pocx.aggregator.jdbc.JdbcStore;
import org.pocx.aggregator.jdbc.Retention;
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

    private final JdbcStore store;

    private SqliteSubmissionStore(JdbcStore store) {
        this.store = store;
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
            Retention retention = new Retention(
                    Database.DIALECT, settings.retentionDays(), settings.blockTime(), clock, System::nanoTime);
            JdbcStore store = new JdbcStore(database, retention);
            opened = true;
            return new SqliteSubmissionStore(store);
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
        return store.load(now);
    }

    @Override
    public void readHistory(long blocks, Consumer<BestNonce> reader) {
        store.readHistory(blocks, reader);
    }

    @Override
    public void readVerdicts(int newest, Consumer<Verdict> reader) {
        store.readVerdicts(newest, reader);
    }

    @Override
    public BlockMemory readBlocks() {
        return store.readBlocks();
    }

    @Override
    public void readDetectors(Consumer<DetectorState> reader) {
        store.readDetectors(reader);
    }

    @Override
    public FarmHistory history() {
        return store.history();
    }

    @Override
    public CompletableFuture<Void> write(StoreChange change) {
        return store.write(change);
    }

    @Override
    public CompletableFuture<Void> write(HistoryChange change) {
        return store.write(change);
    }

    /** Waits at most 5 s until all waiting changes are written. After that, writing continues in the background. */
    @Override
    public void close() {
        store.close();
    }
}
