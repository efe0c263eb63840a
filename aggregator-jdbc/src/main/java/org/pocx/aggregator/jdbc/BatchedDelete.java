package org.pocx.aggregator.jdbc;

import java.sql.SQLException;

/** Deletes the rows of one table that meet a condition, in small steps. */
public final class BatchedDelete {
    private final String table;
    private final String condition;
    private final Object[] arguments;
    private long position = Long.MIN_VALUE;
    private boolean done;

    /**
     * @param table the name of a table
     * @param condition an SQL condition for the rows to delete
     * @param arguments the values of its parameters
     */
    public BatchedDelete(String table, String condition, Object... arguments) {
        this.table = table;
        this.condition = condition;
        this.arguments = arguments;
    }

    /** Processes the next slice of the table. Returns the number of deleted rows. */
    int step(Sql sql, SqlDialect dialect) throws SQLException {
        SqlDialect.Slice slice = dialect.slice(sql, table, position);
        Object[] all = new Object[arguments.length + 2];
        all[0] = slice.from();
        all[1] = slice.to();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        position = slice.end();
        done = slice.isLast();
        return sql.update("DELETE FROM " + table + " WHERE " + slice.condition() + " AND (" + condition + ")", all);
    }

    /** Whether the end of the table is reached. */
    boolean isDone() {
        return done;
    }
}
