package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.pocx.aggregator.core.store.StoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Translates SQLite's errors into messages for the operator. */
final class SqliteErrors {
    private static final String DISK_FULL = "cannot grow, the disk is full: free some space";

    private SqliteErrors() {}

    /** An exception with a one-line message: the file, the cause and what to do. */
    static StoreException refusal(Path file, Throwable cause) {
        return new StoreException(file + " " + explain(cause), cause);
    }

    /** Whether the file causes the error, and not this one change: then any other change would fail, too. */
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

    /** Whether the connection can be used again when the cause is removed. */
    static boolean isPassing(Throwable cause) {
        return isLock(cause) || code(cause) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** Whether a lock of another program causes the error. */
    static boolean isLock(Throwable cause) {
        SQLiteErrorCode code = code(cause);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    /** The message of an error without line breaks. */
    static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** The cause and what to do, as text that follows the file name. */
    static String explain(Throwable cause) {
        if (cause instanceof LostFileException || cause instanceof StoreException || cause instanceof IOException) {
            return oneLine(cause);
        }
        return switch (code(cause)) {
            case SQLITE_FULL -> DISK_FULL;
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                "is locked by another program: stop that program, or configure another database.path";
            case SQLITE_READONLY, SQLITE_PERM ->
                "cannot be written: make the file and its folder writable for this user (" + oneLine(cause) + ")";
            case SQLITE_IOERR ->
                isOutOfSpace(cause) ? DISK_FULL : "cannot be read or written, check the disk (" + oneLine(cause) + ")";
            case SQLITE_CANTOPEN ->
                "cannot be opened: check that it exists and that this user may read and write it and its folder";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "is damaged (" + oneLine(cause) + "): restore it from a backup, or move it to start with a new one";
            default -> "failed: " + oneLine(cause);
        };
    }

    /** SQLite has a separate error code for the shared-memory file of the log. */
    private static boolean isOutOfSpace(Throwable cause) {
        return cause instanceof SQLiteException e && e.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
    }

    /** The primary code of an SQLite error, which is the low byte of an extended code. */
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
