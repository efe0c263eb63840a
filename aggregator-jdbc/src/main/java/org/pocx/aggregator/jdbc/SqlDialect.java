package org.pocx.aggregator.jdbc;

import java.sql.SQLException;

/** What differs between databases in the statements. Stateless. */
public interface SqlDialect {

    /** Returns the columns or expressions of the unique index that identifies a nonce, for ON CONFLICT. */
    String nonceKey();

    BestNonceTable bests(Sql sql);

    /** Returns the part of a table that follows another part; {@link Long#MIN_VALUE} stands for the one before the first. */
    Slice slice(Sql sql, String table, long after) throws SQLException;

    /**
     * A part of a table that one short statement can examine.
     *
     * @param condition an SQL condition for its rows, with two parameters
     * @param from the value of the first parameter
     * @param to the value of the second parameter
     * @param end where the next part begins
     */
    record Slice(String condition, Object from, Object to, long end, boolean isLast) {}
}
