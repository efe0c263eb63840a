package org.pocx.aggregator.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with its prepared statements. Not thread-safe. */
public final class Sql implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sql.class.getName());

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final @Nullable ChangeBatch batch;

    private Sql(Connection connection, @Nullable ChangeBatch batch) {
        this.connection = connection;
        this.batch = batch;
    }

    /** Creates one that runs each statement at once. */
    public Sql(Connection connection) {
        this(connection, null);
    }

    /**
     * Creates one for a server, which each statement costs the time to: it sends {@linkplain #change changes} together. Texts
     * lose their NUL characters, which few servers can store.
     */
    public static Sql batching(Connection connection) {
        return new Sql(connection, new ChangeBatch());
    }

    /** Runs a statement without preparing it, because it is needed only once. */
    public void execute(String sql) throws SQLException {
        flush();
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Runs a statement that changes rows, and returns their number. */
    public int update(String sql, @Nullable Object... arguments) throws SQLException {
        flush();
        return bind(sql, arguments).executeUpdate();
    }

    /**
     * Changes one row, now or with the next {@link #flush}.
     *
     * @param row identifies the row, by equals: changes of the same row keep their order
     */
    public void change(Object row, String sql, @Nullable Object... arguments) throws SQLException {
        if (batch == null) {
            update(sql, arguments);
        } else {
            batch.add(row, sql, arguments);
        }
    }

    /** Sends what {@link #change} has kept back. Other statements do so first. */
    public void flush() throws SQLException {
        if (batch == null) {
            return;
        }
        for (ChangeBatch.Step step : batch.takeAll()) {
            for (@Nullable Object[] arguments : step.arguments()) {
                bind(step.statement(), arguments).addBatch();
            }
            bind(step.statement()).executeBatch();
        }
    }

    /** Runs a query. Its result must be closed before the next query with the same text. */
    public ResultSet query(String sql, @Nullable Object... arguments) throws SQLException {
        flush();
        return bind(sql, arguments).executeQuery();
    }

    /** The first column of the first row, or null if there is no row. */
    public @Nullable String text(String sql, @Nullable Object... arguments) throws SQLException {
        try (ResultSet rows = query(sql, arguments)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /** The first column of the first row, or 0 if there is no row or the value is null. */
    public long number(String sql, @Nullable Object... arguments) throws SQLException {
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
            boolean isCleaned = batch != null && arguments[i] instanceof String;
            statement.setObject(i + 1, isCleaned ? String.valueOf(arguments[i]).replace("\0", "") : arguments[i]);
        }
        return statement;
    }

    /** Rolls back a failed transaction, and closes the statements, which may have been interrupted. */
    public void rollBack() throws SQLException {
        if (batch != null) {
            batch.takeAll();
        }
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back automatically, or not begun. Otherwise the next BEGIN fails, and the connection is
            // closed.
            LOG.log(System.Logger.Level.TRACE, "nothing to roll back", e);
        }
    }

    /** Closes the connection and with it the statements. Idempotent. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
