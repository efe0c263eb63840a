package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the files that a connection has open, the database and its write-ahead log, and detects when they were
 * deleted or replaced: a restart would not find what is written to them then.
 *
 * @param file the database
 * @param key identifies the file of the database; null if the file system has no such key
 * @param logKey identifies the file of the log; null if unknown
 */
record OpenFiles(Path file, @Nullable Object key, @Nullable Object logKey) {

    /** The state of the files. */
    enum State {
        PRESENT,
        /** The log was deleted or moved, but not the database. */
        LOG_DELETED,
        /** The database was deleted or moved. */
        DELETED,
        /** Another file has the path of the database. */
        REPLACED
    }

    /** The files that exist at the paths now. */
    static OpenFiles of(Path file) {
        return new OpenFiles(file, keyOf(file), keyOf(logOf(file)));
    }

    /** The write-ahead log of a database. */
    static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    State state() {
        if (key == null) {
            return State.PRESENT; // such systems do not allow deleting an open file
        }
        Object there = keyOf(file);
        if (!key.equals(there)) {
            return there == null ? State.DELETED : State.REPLACED;
        }
        return logKey == null || isLogThere() ? State.PRESENT : State.LOG_DELETED;
    }

    /** Whether the existing log is the one that was opened with the database. */
    boolean isLogThere() {
        return logKey != null && logKey.equals(keyOf(logOf(file)));
    }

    private static @Nullable Object keyOf(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException missing) {
            return null;
        }
    }
}
