package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.pocx.aggregator.core.store.StoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean to an operator. */
final class Faults {
    private static final String DISK_FULL = "cannot grow, the disk is full: free some space";

    private Faults() {}

    /** A one-line message that names the file, the cause and what to do. */
    static StoreException refusal(Path file, Throwable cause) {
        return new StoreException(file + " " + explain(cause), cause);
    }

    /** Whether the file is to blame, and not the one change that met the error: then no other change would fare better. */
    static boolean isOfFile(Throwable cause) {
        if (cause instanceof LostFileException) {
            return true;
        }
        return switch (code(cause)) {
            case SQLITE_FULL,
                    SQLITE_BUSY,
                    SQLITE_LOCKED,
                    SQLITE_READONLY,
                    SQLITE_PERM,
                    SQLITE_IOERR,
                    SQLITE_CANTOPEN,
                    SQLITE_PROTOCOL,
                    SQLITE_NOMEM,
                    SQLITE_CORRUPT,
                    SQLITE_NOTADB ->
                true;
            default -> false;
        };
    }

    /** Whether the connection is as good as before when the cause is gone. */
    static boolean isPassing(Throwable cause) {
        return isLock(cause) || code(cause) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** Whether another program's lock is to blame. */
    static boolean isLock(Throwable cause) {
        SQLiteErrorCode code = code(cause);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    /** The words of an error, without line breaks. */
    static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** What is wrong and what to do, to be read after the file's name. */
    static String explain(Throwable cause) {
        if (cause instanceof LostFileException || cause instanceof StoreException || cause instanceof IOException) {
            return oneLine(cause);
        }
        return switch (code(cause)) {
            case SQLITE_FULL -> DISK_FULL;
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                "is locked by another program: stop that, or name another database.path";
            case SQLITE_READONLY, SQLITE_PERM ->
                "cannot be written: make the file and its folder writable for this user (" + oneLine(cause) + ")";
            case SQLITE_IOERR ->
                isOutOfSpace(cause) ? DISK_FULL : "cannot be read or written, check the disk (" + oneLine(cause) + ")";
            case SQLITE_CANTOPEN ->
                "cannot be opened: check that it is there and that this user may read and write it and its folder";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "is damaged (" + oneLine(cause) + "): restore it from a backup, or move it away to begin a new one";
            default -> "failed: " + oneLine(cause);
        };
    }

    /** SQLite has a word of its own for the file beside the log that it cannot make any larger. */
    private static boolean isOutOfSpace(Throwable cause) {
        return cause instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    /** The primary code of SQLite's error; extended codes carry it in their low byte. */
    private static SQLiteErrorCode code(Throwable cause) {
        if (cause instanceof SQLiteException e) {
            return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
        }
        if (cause instanceof SQLException e && e.getCause() instanceof SQLiteException inner) {
            return SQLiteErrorCode.getErrorCode(inner.getResultCode().code & 0xff);
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }
}
