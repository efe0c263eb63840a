package org.pocx.aggregator.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.jdbc.SqlDialect;
import org.pocx.aggregator.jdbc.StoreDatabase;

/**
 * The connection for writing, and transactions on it. A lost connection is opened again by the next transaction. While it is
 * open, it holds an advisory lock on the farm, so that no other aggregator writes the same tables.
 *
 * <p>Writing is used by one thread at a time: the one that opens the store, then the writer thread.
 */
final class PostgresqlDatabase implements StoreDatabase {
    private static final System.Logger LOG = System.getLogger(PostgresqlDatabase.class.getName());
    private static final SqlDialect DIALECT = new PostgresqlDialect();

    private final String name;
    private final PostgresqlConnections connections;
    private @Nullable Session session;

    /** A connection for writing and its statements. */
    private record Session(Connection connection, Sql sql) {}

    PostgresqlDatabase(String name, PostgresqlConnections connections) {
        this.name = name;
        this.connections = connections;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SqlDialect dialect() {
        return DIALECT;
    }

    /**
     * Connects and updates the schema now instead of with the first transaction.
     *
     * @param attempts how often to wait a second for the session of another aggregator, which may just have been killed
     */
    void connect(int attempts) throws SQLException {
        session = opened(attempts);
    }

    @Override
    public void transaction(Work work) throws SQLException {
        Session current = session;
        if (current == null) {
            current = opened(1);
            session = current;
        }
        boolean committed = false;
        try {
            work.run(current.sql());
            current.sql().flush();
            current.connection().commit();
            committed = true;
        } finally {
            if (!committed) {
                rollBack(current);
            }
        }
    }

    /** The driver closes the connection itself after each failure that makes it unusable. */
    private void rollBack(Session failed) throws SQLException {
        failed.sql().rollBack();
        if (failed.connection().isClosed()) {
            session = null;
        }
    }

    private Session opened(int attempts) throws SQLException {
        Connection connection = connections.writer();
        boolean usable = false;
        try {
            Sql sql = Sql.batching(connection);
            FarmLock.take(sql, attempts);
            PostgresqlSchema.update(connection, sql, connections);
            connection.commit();
            usable = true;
            return new Session(connection, sql);
        } finally {
            if (!usable) {
                connection.close();
            }
        }
    }

    @Override
    public Sql reader() throws SQLException {
        return Sql.batching(connections.reader());
    }

    @Override
    public StoreException refusal(Throwable cause) {
        return PostgresqlErrors.refusal(name, cause);
    }

    @Override
    public boolean isOutage(Throwable cause) {
        return PostgresqlErrors.isOutage(cause);
    }

    /** Closes all connections. Idempotent. */
    @Override
    public void close() {
        Session last = session;
        session = null;
        try {
            if (last != null) {
                last.connection().close();
            }
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing a failed connection", e);
        } finally {
            connections.close();
        }
    }
}
