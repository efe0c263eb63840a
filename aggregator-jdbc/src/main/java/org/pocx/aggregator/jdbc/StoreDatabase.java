package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import org.pocx.aggregator.core.store.StoreException;

/**
 * A database as a {@link JdbcStore} uses it. {@link #reader} is for any thread; everything that writes is used by the writer
 * thread only.
 */
public interface StoreDatabase extends AutoCloseable {

    /** Statements of one transaction. */
    interface Work {
        void run(Sql sql) throws SQLException;
    }

    /** Returns what the operator calls it: the subject of messages. It contains no password. */
    String name();

    SqlDialect dialect();

    /**
     * Runs the work in one transaction. When this method returns, the work is on disk. When it throws, the work may or may
     * not be.
     */
    void transaction(Work work) throws SQLException;

    /** Runs work that no nonce waits for and whose failure is not reported as an outage. */
    default void housekeeping(Work work) throws SQLException {
        transaction(work);
    }

    /** Opens a connection for reading, in a transaction that sees one state of the database. The caller closes it. */
    Sql reader() throws SQLException;

    /** Returns an exception with a one-line message: the database, the cause and what to do. */
    StoreException refusal(Throwable cause);

    /** Whether the database causes the error, and not this one change: then any other change would fail, too. */
    boolean isOutage(Throwable cause);

    @Override
    void close();
}
