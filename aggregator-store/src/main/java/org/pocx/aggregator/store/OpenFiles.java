package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Knows which files a connection has open, the database and its write-ahead log, and so whether these are still the ones
 * with their names: what is written to others, no restart would find.
 *
 * @param file the database
 * @param key what tells the database from another file of its name; null where the system has no such thing
 * @param logKey the same of the log
 */
record OpenFiles(Path file, @Nullable Object key, @Nullable Object logKey) {

    /** What has become of them. */
    enum State {
        THERE,
        /** The log was deleted or moved away, and the database was not. */
        LOG_GONE,
        /** The database was deleted or moved away. */
        GONE,
        /** There is another file in the database's place. */
        REPLACED
    }

    /** Those that have their names now. */
    static OpenFiles of(Path file) {
        return new OpenFiles(file, keyOf(file), keyOf(logOf(file)));
    }

    /** The write-ahead log of a database. */
    static Path logOf(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    State state() {
        if (key == null) {
            return State.THERE; // such systems let nobody delete a file that is open
        }
        Object there = keyOf(file);
        if (!key.equals(there)) {
            return there == null ? State.GONE : State.REPLACED;
        }
        return logKey == null || isLogThere() ? State.THERE : State.LOG_GONE;
    }

    /** Whether the log that has its name is the one that was opened with the database. */
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
