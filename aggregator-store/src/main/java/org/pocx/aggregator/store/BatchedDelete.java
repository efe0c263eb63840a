package org.pocx.aggregator.store;

import java.sql.SQLException;

/** Deletes the rows of one table that meet a condition, in batches in the order of the row ids. */
final class BatchedDelete {
    /** Rows that one step examines and may delete. Each may change four pages of the file. */
    static final int ROWS = 100;

    private final String sliceEnd;
    private final String delete;
    private final Object[] arguments;
    private long position = Long.MIN_VALUE;
    private boolean done;

    /**
     * @param table the name of a table with row ids
     * @param condition an SQL condition for the rows to delete
     * @param arguments the values of its parameters
     */
    BatchedDelete(String table, String condition, Object... arguments) {
        this.sliceEnd = "SELECT rowid FROM " + table + " WHERE rowid > ? ORDER BY rowid LIMIT 1 OFFSET " + (ROWS - 1);
        this.delete = "DELETE FROM " + table + " WHERE rowid > ? AND rowid <= ? AND " + condition;
        this.arguments = arguments;
    }

    /** Processes the next {@value #ROWS} rows. Returns the number of deleted rows. */
    int step(Sql sql) throws SQLException {
        String end = sql.text(sliceEnd, position);
        done = end == null;
        long last = end == null ? Long.MAX_VALUE : Long.parseLong(end);
        Object[] all = new Object[arguments.length + 2];
        all[0] = position;
        all[1] = last;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        position = last;
        return sql.update(delete, all);
    }

    /** Whether the end of the table is reached. */
    boolean isDone() {
        return done;
    }
}
