package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of the database: its connection, and transactions on it. After any failure the connection is given
 * up, and the next transaction opens a new one; whatever state the failure left behind is gone with the old one. So the
 * store heals by itself as soon as the file does.
 *
 * <p>Belongs to one thread at a time: the one that opens the store, then the writer's.
 */
final class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    private final Path file;
    private final Connections connections;
    private @Nullable Sql connected;
    private @Nullable Object connectedTo;

    Database(Path file, Connections connections) {
        this.file = file;
        this.connections = connections;
    }

    /** What is done within a transaction. */
    interface Work {
        void run(Sql sql) throws SQLException;
    }

    /** Connects now, and so brings the schema up to date, instead of with the first transaction. */
    void connect() throws SQLException {
        guarded(sql -> {});
    }

    /** Runs the work in one transaction; when this returns it is durable, when it throws nothing of it is there. */
    void transaction(Work work) throws SQLException {
        guarded(sql -> {
            // Takes the write lock at once, so that a lock of another program shows here and not in the middle.
            sql.execute("BEGIN IMMEDIATE");
            work.run(sql);
            sql.execute("COMMIT");
        });
    }

    private void guarded(Work work) throws SQLException {
        boolean done = false;
        try {
            work.run(connection());
            done = true;
        } finally {
            if (!done) {
                disconnect();
            }
        }
    }

    private Sql connection() throws SQLException {
        Object there = identity();
        if (!Objects.equals(there, connectedTo)) {
            // Moved or deleted in mid-run: what is written to it now, no restart would find.
            disconnect();
        }
        Sql open = connected;
        if (open == null) {
            open = new Sql(connections.writer());
            connected = open;
            connectedTo = there;
            Schema.migrate(open);
        }
        return open;
    }

    /** What tells the file from another one that takes its name; null where it is gone, or the system has no such thing. */
    private @Nullable Object identity() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    private void disconnect() {
        Sql open = connected;
        connected = null;
        if (open != null) {
            try {
                open.close();
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
            if (connected != null) {
                connected.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (SQLException e) {
            // Nothing is lost: the log stays beside the file, and the next start reads it.
            LOG.log(System.Logger.Level.WARNING, "the write-ahead log stays beside the database: {0}",
                    Faults.oneLine(e));
        }
        disconnect();
    }
}
