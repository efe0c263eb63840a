package org.pocx.aggregator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. Not thread-safe. */
final class Sql implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sql.class.getName());

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement without preparing it, because it is needed only once. */
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement that changes rows, and returns their number. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /** Runs a query. Its result must be closed before the next query with the same text. */
    ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeQuery();
    }

    /** The first column of the first row, or null if there is no row. */
    @Nullable
    String text(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = query(sql, arguments)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The first column of the first row, or 0 if there is no row or the value is null. */
    long number(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = query(sql, arguments)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private PreparedStatement bind(String sql, @Nullable Object... arguments) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    /** Rolls back a failed transaction, and closes the statements, which may have been interrupted. */
    void rollBack() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back automatically, or not begun. Otherwise the next BEGIN fails, and the connection is
            // closed.
            LOG.log(System.Logger.Level.TRACE, "nothing to roll back: {0}", SqliteErrors.oneLine(e));
        }
    }

    /** Closes the connection and with it the statements. Idempotent. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
