package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * Connections to a database file. Never creates the file: a file that was deleted while the program runs must not be
 * replaced by an empty one.
 */
final class FileConnections implements Connections {
    /**
     * How long to wait for another program's lock. Short, because a miner waits and the nonce can be forwarded without
     * the database.
     */
    private static final int BUSY_MILLIS = 500;

    /** Native memory for pages; for SQLite, a negative value is in KiB. */
    private static final int WRITER_CACHE = -8 * 1024;

    /** The size that the write-ahead log is truncated to after it grew. */
    private static final int LOG_BYTES = 32 * 1024 * 1024;

    private final Path file;

    FileConnections(Path file) {
        this.file = file;
    }

    /**
     * Uses a write-ahead log, so that readers and the writer do not wait for each other, and {@code synchronous=FULL}:
     * a commit returns when the log is on disk, so a power failure loses nothing that was reported as written (if the
     * disk honours flushes). With NORMAL, a power failure would lose what was committed since the last checkpoint.
     */
    @Override
    public Connection writer() throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setCacheSize(WRITER_CACHE);
        config.setJournalSizeLimit(LOG_BYTES);
        return open(config);
    }

    @Override
    public Connection reader() throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        return open(config);
    }

    /** A connection that writes nothing, except that SQLite itself rolls back an interrupted transaction. */
    Connection inspector(boolean readOnly) throws SQLException {
        SQLiteConfig config = config();
        config.setReadOnly(readOnly);
        return open(config);
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false);
        return config;
    }

    private Connection open(SQLiteConfig config) throws SQLException {
        // As a URI, because the driver would interpret a '?' in a plain path as the start of parameters.
        return config.createConnection("jdbc:sqlite:" + file.toUri());
    }
}
