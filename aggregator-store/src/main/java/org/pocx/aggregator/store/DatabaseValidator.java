package org.pocx.aggregator.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;

/**
 * Checks a database before anything is written to it, and rejects a damaged file, one of another program, and one of a
 * newer version. A rejected file is not changed.
 */
final class DatabaseValidator {
    /**
     * Up to this size every page is checked. That takes a second for some gigabytes in the page cache, and minutes
     * otherwise. Damage in a larger file is found when the page is used.
     */
    private static final long CHECKED_BYTES = 512L * 1024 * 1024;

    /**
     * Up to this size (a week of a small farm) the rows are also compared with the indices, because a few wrong bytes
     * in a row do not make its page invalid. That takes at most 0.1 s; for a large file it would delay each start by
     * seconds.
     */
    private static final long COMPARED_BYTES = 16L * 1024 * 1024;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Offsets in SQLite's file header of the format versions for writing and reading, and the newest known version. */
    private static final int WRITTEN_FOR = 18;

    private static final int READ_FOR = 19;
    private static final int KNOWN_FORMAT = 2;
    private static final int HEADER = 20;

    private final Path file;

    DatabaseValidator(Path file) {
        this.file = file;
    }

    /**
     * Throws {@link StoreException} unless the file is missing without a write-ahead log, empty, or a database that we
     * may use.
     */
    void check() {
        try {
            boolean there = Files.exists(file) && Files.size(file) > 0;
            if (there) {
                checkFile();
                checkContent();
            } else {
                checkNothingIsLost();
            }
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read (" + SqliteErrors.oneLine(e) + "): check file and disk",
                    e);
        }
    }

    /** Rejects a write-ahead log without its database: SQLite would delete the log and its content. */
    private void checkNothingIsLost() throws IOException {
        Path log = beside("-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new StoreException(file + " is missing or empty, but its write-ahead log " + log.getFileName()
                    + " is not: restore both from a backup, or move the log to start with a new database");
        }
    }

    private void checkFile() throws IOException {
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new StoreException(file + " cannot be written: make the file writable for this user");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(HEADER);
            if (!Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)) {
                throw new StoreException(file + " is not an SQLite database: restore it from a backup, move it to"
                        + " start with a new one, or configure another database.path");
            }
            if (header.length == HEADER && (header[WRITTEN_FOR] > KNOWN_FORMAT || header[READ_FOR] > KNOWN_FORMAT)) {
                throw new StoreException(file + " has the format of a newer SQLite than this program's: update this"
                        + " program, or configure another database.path");
            }
        }
    }

    private void checkContent() throws IOException {
        // An interrupted transaction must be rolled back before anything can be read, and that is a write.
        Path journal = beside("-journal");
        boolean cutOff = Files.exists(journal) && Files.size(journal) > 0;
        try (Sql sql = new Sql(new FileConnections(file).inspector(!cutOff))) {
            checkVersion(sql);
            checkTables(sql);
            checkVersionOfOthers(sql);
            checkHealth(sql);
        } catch (SQLException e) {
            throw SqliteErrors.refusal(file, e);
        }
    }

    private void checkVersion(Sql sql) throws SQLException {
        int version = Schema.versionOf(sql);
        if (version > Schema.current()) {
            throw new StoreException(file + " was written by a newer version of this program (schema " + version
                    + ", this one knows " + Schema.current()
                    + "): update this program, or configure another database.path");
        }
        // Neither this program nor the other aggregator sets this number.
        long number = sql.number("PRAGMA user_version");
        if (number != 0) {
            throw new StoreException(file + " has the version number " + number + ", which neither this program nor the"
                    + " other aggregator sets: update this program, or configure another database.path");
        }
    }

    private void checkVersionOfOthers(Sql sql) throws SQLException {
        String latest = HistoryTable.laterThanKnown(sql);
        if (latest != null) {
            throw new StoreException(file + " was written by a newer version of the other aggregator (its schema "
                    + latest.replaceAll("[^0-9]", "?") + "): update this program, or configure another database.path");
        }
    }

    private void checkTables(Sql sql) throws SQLException {
        boolean empty = sql.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (empty) {
            return;
        }
        if (!Schema.hasTable(sql, "submissions")) {
            throw new StoreException(
                    file + " is a database of another program (it has no table submissions): configure another database.path");
        }
        if (!HistoryTable.isAsExpected(sql)) {
            throw new StoreException(file + " has a table submissions in an unknown format: open it once with the other"
                    + " aggregator, 1.0.5 or later, to update it, or configure another database.path");
        }
    }

    private void checkHealth(Sql sql) throws SQLException, IOException {
        long size = Files.size(file);
        if (size > CHECKED_BYTES) {
            return;
        }
        String found = sql.text(size > COMPARED_BYTES ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)");
        if (!"ok".equals(found)) {
            throw new StoreException(file + " is damaged (" + String.valueOf(found).replaceAll("\\s*\\R\\s*", " ")
                    + "): restore it from a backup, or move it to start with a new one");
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
