package org.pocx.aggregator.postgresql;

import java.sql.SQLException;
import org.pocx.aggregator.jdbc.Sql;

/**
 * The advisory lock that one aggregator holds on the tables of a farm, as long as its session lasts. The server frees it when
 * the connection ends.
 */
final class FarmLock {
    /** SQLSTATE {@code object_in_use}. */
    static final String IN_USE = "55006";

    /** SQLSTATE {@code lock_not_available}. */
    private static final String TIMED_OUT = "55P03";

    /** The key: "pocx", and the farm. */
    private static final String KEY = "(1886348152, hashtext('" + PostgresqlConnections.SCHEMA + "'))";

    private FarmLock() {}

    /**
     * Takes the lock; it outlives the open transaction.
     *
     * @param attempts how often to wait for the lock time-out of the session, which is a second. The server ends the session of
     *     a lost process within 5 s
     * @throws SQLException with the SQLSTATE {@link #IN_USE} if another session holds the lock
     */
    static void take(Sql sql, int attempts) throws SQLException {
        for (int left = attempts - 1;; left--) {
            try {
                sql.text("SELECT pg_advisory_lock" + KEY);
                return;
            } catch (SQLException e) {
                if (!TIMED_OUT.equals(e.getSQLState())) {
                    throw e;
                }
                if (left <= 0) {
                    throw new SQLException("another session has the lock of the farm", IN_USE, e);
                }
                sql.rollBack();
            }
        }
    }
}
