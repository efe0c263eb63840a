package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;

/**
 * The writing side of the database: its connection, and transactions on it. After a failure the connection is given up,
 * and the next transaction opens a new one; whatever state the failure left behind is gone with the old one. So the store
 * heals by itself as soon as the file does. Only through a lock of another program and a full disk it is kept.
 *
 * <p>One failure is another thing: when the file was deleted or replaced while it is open, the connection is all that is
 * left of it. Then a transaction fails, so that nobody takes for durable what no restart would find, and the next one
 * begins with a {@link Rescue}.
 *
 * <p>Belongs to one thread at a time: the one that opens the store, then the writer's.
 */
final class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    private final Path file;
    private final Connections connections;
    private final DatabaseLock lock;
    private final Rescue rescue;
    private @Nullable Sql connected;
    private OpenFiles open;
    private boolean lossTold;

    Database(Path file, Connections connections, DatabaseLock lock) {
        this.file = file;
        this.connections = connections;
        this.lock = lock;
        this.rescue = new Rescue(file);
        this.open = OpenFiles.of(file);
    }

    /** What is done within a transaction. */
    interface Work {
        void run(Sql sql) throws SQLException;
    }

    /** Connects now, and so brings the schema up to date, instead of with the first transaction. */
    void connect() throws SQLException {
        guarded(sql -> {});
    }

    /** Runs the work in one transaction; when this returns it is durable, when it throws nothing of it is promised. */
    void transaction(Work work) throws SQLException {
        guarded(sql -> {
            // Takes the write lock at once, so that a lock of another program shows here and not in the middle.
            sql.execute("BEGIN IMMEDIATE");
            work.run(sql);
            sql.execute("COMMIT");
        });
        requireFiles();
    }

    /**
     * The same for work that no nonce waits for, and whose failure is not reported as an outage. A loss of the files that it
     * finds is left to the next transaction: that fails, is reported, and the one after it begins with the rescue.
     */
    void housekeeping(Work work) throws SQLException {
        boolean told = lossTold;
        try {
            transaction(work);
        } catch (LostFileException e) {
            lossTold = told;
            throw e;
        }
    }

    private void guarded(Work work) throws SQLException {
        if (connected != null) {
            if (lossTold) {
                mend(connected);
            } else {
                requireFiles();
            }
        }
        boolean usable = false;
        try {
            work.run(connection());
            usable = true;
        } catch (SQLException e) {
            usable = Faults.isPassing(e) && isRolledBack();
            throw e;
        } finally {
            if (!usable) {
                disconnect();
            }
        }
    }

    /** Keeps the connection through a lock or a full disk: if the file is deleted meanwhile, all that is left is there. */
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
                    case THERE -> null;
                    case LOG_GONE ->
                        "lost its write-ahead log while it was open, which somebody deleted or moved away:"
                                + " what was in that is written to the database";
                    case GONE ->
                        "was deleted or moved away while it was open: it is written anew, with all that it held";
                    case REPLACED ->
                        "was replaced by another file while it was open: the nonces on their way are written to that one";
                };
        lossTold = lost != null;
        if (lost != null) {
            throw new LostFileException(lost);
        }
    }

    private void mend(Sql old) throws SQLException {
        OpenFiles.State state = open.state();
        try {
            switch (state) {
                case THERE -> {}
                case LOG_GONE -> {
                    rescue.emptyLog(old);
                    disconnect();
                }
                case GONE -> {
                    Path copy = rescue.copy(old);
                    lock.renew();
                    disconnect();
                    rescue.moveIn(copy);
                }
                case REPLACED -> replace(old);
            }
        } catch (IOException | SQLException | StoreException e) {
            throw new LostFileException(
                    (state == OpenFiles.State.REPLACED ? "was replaced" : "was deleted or moved away")
                            + " while it was open, and cannot be saved yet (" + Faults.explain(e)
                            + "): check its folder and disk, a copy of it is written as soon as that succeeds",
                    e);
        }
        lossTold = false;
    }

    private void replace(Sql old) throws SQLException, IOException {
        if (open.isLogThere()) {
            rescue.dropLog();
        }
        new Inspection(file).check();
        try (Sql fresh = new Sql(connections.writer())) {
            Schema.migrate(fresh);
        }
        lock.renew();
        rescue.carryOver(old);
        disconnect();
    }

    private void disconnect() {
        Sql last = connected;
        connected = null;
        lossTold = false;
        if (last != null) {
            try {
                last.close();
            } catch (SQLException e) {
                // What failed before has been told; the connection is of no use either way.
                LOG.log(System.Logger.Level.DEBUG, "closing a failed connection: {0}", Faults.oneLine(e));
            }
        }
    }

    /** Moves the write-ahead log into the file, and closes. Idempotent. */
    @Override
    public void close() {
        try {
            if (connected != null && open.state() != OpenFiles.State.THERE) {
                mend(connected);
            }
            if (connected != null) {
                connected.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (LostFileException e) {
            LOG.log(System.Logger.Level.ERROR, "{0} {1}", file, Faults.oneLine(e));
        } catch (SQLException e) {
            // Nothing is lost: the log stays beside the file, and the next start reads it.
            LOG.log(System.Logger.Level.WARNING, "the write-ahead log stays beside the database: {0}",
                    Faults.oneLine(e));
        }
        disconnect();
    }
}
