package org.pocx.aggregator.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.pocx.aggregator.core.store.StoreException;

/**
 * Looks at a database before anything is written to it, and refuses what must not be touched: a damaged file, one of
 * another program, one of a later version. A refusal leaves the file as it was.
 */
final class Inspection {
    /**
     * Up to this size every page is looked at, which takes a second for some gigabytes that are in memory, and minutes
     * where they are not. What is wrong in a larger file shows when the page is used.
     */
    private static final long CHECKED_BYTES = 512L * 1024 * 1024;

    /**
     * Up to this size, which is a week of a small farm, what the pages hold is compared with the indices too: a few wrong
     * bytes within a row leave its page in good form. That takes a tenth of a second at most; for a large file it would
     * delay each start by seconds.
     */
    private static final long COMPARED_BYTES = 16L * 1024 * 1024;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of SQLite's file header: the formats that a writer and a reader must know, and the latest that is known. */
    private static final int WRITTEN_FOR = 18;

    private static final int READ_FOR = 19;
    private static final int KNOWN_FORMAT = 2;
    private static final int HEADER = 20;

    private final Path file;

    Inspection(Path file) {
        this.file = file;
    }

    /** Throws {@link StoreException} unless the file is missing in good order, empty, or a database that we may use. */
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
            throw new StoreException(file + " cannot be read (" + Faults.oneLine(e) + "): check file and disk", e);
        }
    }

    /** A write-ahead log without its database: SQLite would delete the log, and what is in it would be gone. */
    private void checkNothingIsLost() throws IOException {
        Path log = beside("-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new StoreException(file + " is missing or empty, and its write-ahead log " + log.getFileName()
                    + " is not: restore both from a backup, or move the log away to begin a new database");
        }
    }

    private void checkFile() throws IOException {
        if (!Files.isReadable(file) || !Files.isWritable(file)) {
            throw new StoreException(file + " cannot be written: make the file writable for this user");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(HEADER);
            if (!Arrays.equals(Arrays.copyOf(header, MAGIC.length), MAGIC)) {
                throw new StoreException(file + " is not an SQLite database: restore it from a backup, move it away to"
                        + " begin a new one, or name another database.path");
            }
            if (header.length == HEADER && (header[WRITTEN_FOR] > KNOWN_FORMAT || header[READ_FOR] > KNOWN_FORMAT)) {
                throw new StoreException(file + " has a format of a later SQLite than this program's: update this"
                        + " program, or name another database.path");
            }
        }
    }

    private void checkContent() throws IOException {
        // A transaction that was cut off must be rolled back before anything can be read, and that is a write.
        Path journal = beside("-journal");
        boolean cutOff = Files.exists(journal) && Files.size(journal) > 0;
        try (Sql sql = new Sql(new FileConnections(file).inspector(!cutOff))) {
            checkVersion(sql);
            checkTables(sql);
            checkVersionOfOthers(sql);
            checkHealth(sql);
        } catch (SQLException e) {
            throw Faults.refusal(file, e);
        }
    }

    private void checkVersion(Sql sql) throws SQLException {
        int version = Schema.versionOf(sql);
        if (version > Schema.current()) {
            throw new StoreException(file + " was written by a later version of this program (schema " + version
                    + ", this one knows " + Schema.current() + "): update this program, or name another database.path");
        }
        // Neither we nor the other aggregator number a database in this way.
        long number = sql.number("PRAGMA user_version");
        if (number != 0) {
            throw new StoreException(file + " has the version number " + number + ", which neither this program nor the"
                    + " other aggregator gives: update this program, or name another database.path");
        }
    }

    private void checkVersionOfOthers(Sql sql) throws SQLException {
        String latest = HistoryTable.laterThanKnown(sql);
        if (latest != null) {
            throw new StoreException(file + " was written by a later version of the other aggregator (its schema "
                    + latest.replaceAll("[^0-9]", "?") + "): update this program, or name another database.path");
        }
    }

    private void checkTables(Sql sql) throws SQLException {
        boolean empty = sql.number("SELECT count(*) FROM sqlite_schema") == 0;
        if (empty) {
            return;
        }
        if (!Schema.hasTable(sql, "submissions")) {
            throw new StoreException(
                    file + " is a database of another program (it has no table submissions): name another database.path");
        }
        if (!HistoryTable.isAsExpected(sql)) {
            throw new StoreException(file + " has a table submissions of another form: let the other aggregator, 1.0.5"
                    + " or later, open it once to bring it up to date, or name another database.path");
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
                    + "): restore it from a backup, or move it away to begin a new one");
        }
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
