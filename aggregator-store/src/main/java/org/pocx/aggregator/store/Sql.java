package org.pocx.aggregator.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. Belongs to one thread. */
final class Sql implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sql.class.getName());

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Sql(Connection connection) {
        this.connection = connection;
    }

    /** Runs a statement that is needed once: it is not kept prepared. */
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement that changes rows, and says how many. */
    int update(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeUpdate();
    }

    /** Runs a query; close its result before the next one of the same text. */
    ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
        return bind(sql, arguments).executeQuery();
    }

    /** The first column of the first row, or null when there is none. */
    @Nullable
    String text(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = query(sql, arguments)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The first column of the first row, or 0 when there is none or it is null. */
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

    /** Gives up a transaction that failed, and the statements, which may have been cut off in the middle. */
    void rollBack() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself, or not begun. If not, the next BEGIN fails, and with it the connection.
            LOG.log(System.Logger.Level.TRACE, "nothing to roll back: {0}", Faults.oneLine(e));
        }
    }

    /** Closes the connection and with it the statements. Idempotent. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
