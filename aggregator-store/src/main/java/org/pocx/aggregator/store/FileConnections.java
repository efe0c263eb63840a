package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** Connections to a database file. Never creates one: a file that vanished in mid-run must not come back empty. */
final class FileConnections implements Connections {
    /** How long to wait for another program's lock. Short: a miner waits, and the nonce has another way out. */
    private static final int BUSY_MILLIS = 500;

    /** Native memory for pages; SQLite counts negative figures in KiB. */
    private static final int WRITER_CACHE = -8 * 1024;

    /** What the write-ahead log shrinks to after it grew. */
    private static final int LOG_BYTES = 32 * 1024 * 1024;

    private final Path file;

    FileConnections(Path file) {
        this.file = file;
    }

    /**
     * With a write-ahead log, so that readers and the writer do not wait for each other, and {@code synchronous=FULL}:
     * a commit returns when the log is on the disk, so a power cut loses nothing that was reported durable (on a disk
     * that honours flushes). NORMAL would lose what was committed since the last checkpoint.
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

    /** A connection that writes nothing but what SQLite itself must to repair a transaction that was cut off. */
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
        // As a URI, because the driver takes a '?' in a plain path for the begin of its settings.
        return config.createConnection("jdbc:sqlite:" + file.toUri());
    }
}
