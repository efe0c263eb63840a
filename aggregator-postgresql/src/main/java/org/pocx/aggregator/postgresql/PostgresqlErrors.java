package org.pocx.aggregator.postgresql;

import java.net.SocketTimeoutException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;

/** Translates PostgreSQL's errors into messages for the operator, by their SQLSTATE. */
final class PostgresqlErrors {
    /** Data that does not fit, violated constraints, values that are too long for an index. */
    private static final Set<String> OF_ONE_CHANGE = Set.of("22", "23", "54");

    private PostgresqlErrors() {}

    /** An exception with a one-line message: the database, the cause and what to do. */
    static StoreException refusal(String database, Throwable cause) {
        return cause instanceof StoreException known
                ? known
                : new StoreException(database + " " + explain(cause), cause);
    }

    /** Whether the database causes the error, and not this one change: then any other change would fail, too. */
    static boolean isOutage(Throwable cause) {
        return cause instanceof SQLException error && !OF_ONE_CHANGE.contains(group(state(error)));
    }

    /** Of a failed batch, the server's own message, without the statement and its data. */
    private static Throwable withoutStatement(Throwable cause) {
        Throwable inner = cause instanceof BatchUpdateException ? cause.getCause() : null;
        return inner == null ? cause : inner;
    }

    /** The cause and what to do, as text that follows the name of the database. */
    private static String explain(Throwable failure) {
        Throwable cause = withoutStatement(failure);
        if (!(cause instanceof SQLException error)) {
            return "failed: " + oneLine(cause);
        }
        String state = state(error);
        return switch (state) {
            case FarmLock.IN_USE ->
                "is in use by another aggregator (or, for some seconds, by a lost connection): stop that one, or configure"
                        + " another database";
            case "3D000" -> "does not exist: create it, or correct database.url";
            case "25006" -> "cannot be written: name the primary server in database.url (" + oneLine(cause) + ")";
            case "42501" -> "does not give this user the rights: make it the owner of the database ("
                    + oneLine(cause) + ")";
            case "53100" -> "cannot grow, the disk of the server is full: free some space";
            case "53300" -> "has no free connection: raise max_connections of the server";
            case "55P03", "57014" -> "does not answer in time: check the load and the locks of the server";
            default -> explainGroup(group(state), cause);
        };
    }

    private static String explainGroup(String group, Throwable cause) {
        return switch (group) {
            case "08", "" -> {
                Throwable root = root(cause);
                if (oneLine(cause).contains("targetServerType")) {
                    yield "cannot be written: no server of database.url is a primary one that can be reached";
                }
                yield root instanceof SocketTimeoutException
                        ? "does not answer in time: check the server and the network"
                        : "cannot be reached: check the server, the network and database.url (" + oneLine(root) + ")";
            }
            case "28" -> "refuses the login: check database.url, database.password and pg_hba.conf of the server ("
                    + oneLine(cause) + ")";
            case "57" -> "is starting or stopping: wait, or check the server (" + oneLine(cause) + ")";
            default -> "failed: " + oneLine(cause);
        };
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** The pool's own time-out has no state of its own, but the failure that led to it as the cause. */
    private static String state(SQLException error) {
        for (@Nullable Throwable next = error; next != null; next = next.getCause()) {
            if (next instanceof SQLException known && known.getSQLState() != null) {
                return known.getSQLState();
            }
        }
        return "";
    }

    private static String group(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\s*\\R\\s*", " ");
    }
}
