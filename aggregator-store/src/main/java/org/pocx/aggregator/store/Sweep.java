package org.pocx.aggregator.store;

import java.sql.SQLException;

/** A walk over one table in the order of its rows, which deletes those that meet a condition. */
final class Sweep {
    /** Rows that one step looks at, and so deletes at most. Each may touch four pages of the file. */
    static final int ROWS = 100;

    private final String sliceEnd;
    private final String delete;
    private final Object[] arguments;
    private long position = Long.MIN_VALUE;
    private boolean done;

    /**
     * @param table a table with row ids
     * @param condition SQL, which rows to delete
     * @param arguments what its question marks stand for
     */
    Sweep(String table, String condition, Object... arguments) {
        this.sliceEnd = "SELECT rowid FROM " + table + " WHERE rowid > ? ORDER BY rowid LIMIT 1 OFFSET " + (ROWS - 1);
        this.delete = "DELETE FROM " + table + " WHERE rowid > ? AND rowid <= ? AND " + condition;
        this.arguments = arguments;
    }

    /** Walks on by {@value #ROWS} rows; says how many it deleted. */
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

    /** Whether the walk has reached the end of the table. */
    boolean isDone() {
        return done;
    }
}
