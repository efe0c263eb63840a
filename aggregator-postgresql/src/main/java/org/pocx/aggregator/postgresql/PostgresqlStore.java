package org.pocx.aggregator.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.jdbc.JdbcStore;
import org.pocx.aggregator.jdbc.Retention;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockMemory;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * A store in a PostgreSQL database, version 14 or later. Its tables are in the schema {@code pocx_farm}, which it creates.
 *
 * <p>It also keeps the history of the statistics: {@code FarmStatistics.builder().store(…)}. One thread writes, in the order
 * of the calls; it commits all waiting changes in one transaction, with {@code synchronous_commit=on}. When the future of a
 * change completes, the change survives a crash of the server. While the server cannot be reached or does not answer within
 * three seconds, the futures fail; as soon as it answers again, writes succeed again.
 *
 * <p>{@link #load} and {@link #readHistory} run on the calling thread, in parallel to the writer. They throw {@link
 * StoreException} if the database cannot be read.
 */
public final class PostgresqlStore implements SubmissionStore, HistoryStore {
    /** Longer than the server takes to notice that another aggregator is gone. */
    private static final int LOCK_ATTEMPTS = 7;

    private final JdbcStore store;

    private PostgresqlStore(JdbcStore store) {
        this.store = store;
    }

    /**
     * Opens a store with the system clock; see {@link #open(PostgresqlSettings, InstantSource)}.
     *
     * @param settings the database, and how long its rows are kept
     * @return an open store; the caller closes it
     */
    public static PostgresqlStore open(PostgresqlSettings settings) {
        return open(settings, WallClock.system());
    }

    /**
     * Opens the database, and creates or updates its tables. Until {@link #close}, an advisory lock prevents other aggregators
     * from using them.
     *
     * @param settings the database, and how long its rows are kept
     * @param clock the wall clock, by which retention deletes old rows
     * @return an open store; the caller closes it
     * @throws StoreException if the database cannot be used: it cannot be reached, refuses the login, is too old, of a newer
     *     version of this program, a standby, or in use by another aggregator
     */
    public static PostgresqlStore open(PostgresqlSettings settings, InstantSource clock) {
        return open(settings, clock, LOCK_ATTEMPTS);
    }

    /** @param attempts how often to wait a second for another aggregator */
    static PostgresqlStore open(PostgresqlSettings settings, InstantSource clock, int attempts) {
        String name = settings.url().toString();
        PostgresqlDatabase database = new PostgresqlDatabase(name, new PostgresqlConnections(settings));
        boolean opened = false;
        try {
            database.connect(attempts);
            opened = true;
        } catch (SQLException e) {
            throw PostgresqlErrors.refusal(name, e);
        } finally {
            if (!opened) {
                database.close();
            }
        }
        return new PostgresqlStore(new JdbcStore(
                database,
                new Retention(
                        database.dialect(), settings.retentionDays(), settings.blockTime(), clock, System::nanoTime)));
    }

    /**
     * Logs in and changes nothing.
     *
     * @param settings the database
     * @return one line for an operator: the version of the server and of the tables
     * @throws StoreException if the database cannot be used
     */
    public static String check(PostgresqlSettings settings) {
        try (PostgresqlConnections connections = new PostgresqlConnections(settings);
                Connection connection = connections.writer()) {
            long version = PostgresqlSchema.versionOf(new Sql(connection));
            return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion() + ", "
                    + (version == 0 ? "no tables yet" : "tables of version " + version);
        } catch (SQLException e) {
            throw PostgresqlErrors.refusal(settings.url().toString(), e);
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
