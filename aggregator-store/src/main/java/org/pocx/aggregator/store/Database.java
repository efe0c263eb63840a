package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlDialect;
import org.pocx.aggregator.jdbc.StoreDatabase;

/**
 * The connection for writing, and transactions on it. After a failure the connection is closed, and the next
 * transaction opens a new one, so the store recovers automatically when the file is usable again. Only after a lock of
 * another program or on a full disk the connection is kept.
 *
 * <p>If the file was deleted or replaced while it is open, the connection is the only access to its content. Then one
 * transaction fails, because a restart would not find what it wrote, and the next one begins with a {@link
 * LostFileRecovery}.
 *
 * <p>Writing is used by one thread at a time: the one that opens the store, then the writer thread.
 */
final class Database implements StoreDatabase {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    static final SqlDialect DIALECT = new SqliteDialect();

    private final Path file;
    private final Connections connections;
    private final DatabaseLock lock;
    private final LostFileRecovery recovery;
    private @Nullable Sql connected;
    private OpenFiles open;
    private boolean lossReported;

    Database(Path file, Connections connections, DatabaseLock lock) {
        this.file = file;
        this.connections = connections;
        this.lock = lock;
        this.recovery = new LostFileRecovery(file);
        this.open = OpenFiles.of(file);
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public SqlDialect dialect() {
        return DIALECT;
    }

    @Override
    public StoreException refusal(Throwable cause) {
        return SqliteErrors.refusal(file, cause);
    }

    @Override
    public boolean isOutage(Throwable cause) {
        return SqliteErrors.isOfFile(cause);
    }

    @Override
    public Sql reader() throws SQLException {
        Sql sql = new Sql(connections.reader());
        boolean usable = false;
        try {
            sql.execute("BEGIN");
            usable = true;
            return sql;
        } finally {
            if (!usable) {
                sql.close();
            }
        }
    }

    /** Connects and updates the schema now instead of with the first transaction. */
    void connect() throws SQLException {
        guarded(sql -> {});
    }

    @Override
    public void transaction(Work work) throws SQLException {
        guarded(sql -> {
            // Takes the write lock at once, so that a lock of another program causes a failure here and not later.
            sql.execute("BEGIN IMMEDIATE");
            work.run(sql);
            sql.execute("COMMIT");
        });
        requireFiles();
    }

    /**
     * As {@link StoreDatabase#housekeeping}. If it finds that the files were
     * lost, the next transaction fails and reports this, and the one after it begins with the recovery.
     */
    @Override
    public void housekeeping(Work work) throws SQLException {
        boolean reported = lossReported;
        try {
            transaction(work);
        } catch (LostFileException e) {
            lossReported = reported;
            throw e;
        }
    }

    private void guarded(Work work) throws SQLException {
        if (connected != null) {
            if (lossReported) {
                recover(connected);
            } else {
                requireFiles();
            }
        }
        boolean usable = false;
        try {
            work.run(connection());
            usable = true;
        } catch (SQLException e) {
            // After a loss of the files, too, the connection is kept: the next transaction reports the loss and recovers.
            usable = (SqliteErrors.isPassing(e) || isFileLost()) && isRolledBack();
            throw e;
        } finally {
            if (!usable) {
                disconnect();
            }
        }
    }

    private boolean isFileLost() {
        return connected != null && open.state() != OpenFiles.State.PRESENT;
    }

    /**
     * Rolls back, so that the connection can be kept after a lock or on a full disk: if the file is deleted meanwhile,
     * the connection is the only access to its content.
     */
    private boolean isRolledBack() {
        Sql kept = connected;
        if (kept == null) {
            return false;
        }
        try {
            kept.rollBack();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private Sql connection() throws SQLException {
        Sql already = connected;
        if (already != null) {
            return already;
        }
        Sql opened = new Sql(connections.writer());
        boolean usable = false;
        try {
            Schema.migrate(opened);
            usable = true;
        } finally {
            if (!usable) {
                opened.close();
            }
        }
        connected = opened;
        open = OpenFiles.of(file);
        return opened;
    }

    private void requireFiles() throws LostFileException {
        String lost =
                switch (open.state()) {
                    case PRESENT -> null;
                    case LOG_DELETED ->
                        "lost its write-ahead log while it was open, because the log was deleted or moved:"
                                + " its content is now written to the database";
                    case DELETED ->
                        "was deleted or moved while it was open: it is written again with its full content";
                    case REPLACED ->
                        "was replaced by another file while it was open: nonces without a verdict are written to the new file";
                };
        lossReported = lost != null;
        if (lost != null) {
            throw new LostFileException(lost);
        }
    }

    private void recover(Sql old) throws SQLException {
        OpenFiles.State state = open.state();
        try {
            switch (state) {
                case PRESENT -> {}
                case LOG_DELETED -> {
                    recovery.emptyLog(old);
                    disconnect();
                }
                case DELETED -> {
                    Path copy = recovery.copy(old);
                    lock.renew();
                    disconnect();
                    recovery.moveIn(copy);
                }
                case REPLACED -> replace(old);
            }
        } catch (IOException | SQLException | StoreException e) {
            throw new LostFileException(
                    (state == OpenFiles.State.REPLACED ? "was replaced" : "was deleted or moved")
                            + " while it was open, and its content cannot be written again yet ("
                            + SqliteErrors.explain(e)
                            + "): check its folder and disk; writing is tried again until it succeeds",
                    e);
        }
        lossReported = false;
    }

    private void replace(Sql old) throws SQLException, IOException {
        if (open.isLogThere()) {
            recovery.dropLog();
        }
        new DatabaseValidator(file).check();
        try (Sql fresh = new Sql(connections.writer())) {
            Schema.migrate(fresh);
        }
        lock.renew();
        recovery.carryOver(old);
        disconnect();
    }

    private void disconnect() {
        Sql last = connected;
        connected = null;
        lossReported = false;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException e) {
                // The first failure has been reported. The connection cannot be used in either case.
                LOG.log(System.Logger.Level.DEBUG, "closing a failed connection: {0}", SqliteErrors.oneLine(e));
            }
        }
    }

    /** Moves the write-ahead log into the database, closes the connection, and releases the lock. Idempotent. */
    @Override
    public void close() {
        try {
            if (connected != null && open.state() != OpenFiles.State.PRESENT) {
                recover(connected);
            }
            if (connected != null) {
                connected.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (LostFileException e) {
            LOG.log(System.Logger.Level.ERROR, "{0} {1}", file, SqliteErrors.oneLine(e));
        } catch (SQLException e) {
            // Nothing is lost: the next start reads the write-ahead log.
            LOG.log(System.Logger.Level.WARNING,
                    "the write-ahead log could not be moved into the database and stays next to it: {0}",
                    SqliteErrors.oneLine(e));
        }
        disconnect();
        lock.close();
    }
}
