package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.SubmissionQuery;

/** The table with the best nonce of each account, machine and block. SQLite shares it with another program. */
public interface BestNonceTable {

    /** Inserts or replaces a row. */
    void put(BestNonce best) throws SQLException;

    void remove(String accountId, String machine, long height) throws SQLException;

    /** Passes each row whose height, a u64, is above (highest height - blocks) to the reader. */
    void read(long blocks, Consumer<BestNonce> reader) throws SQLException;

    /** Returns a page of rows, newest first. */
    List<HistoryRow<BestNonce>> find(SubmissionQuery query) throws SQLException;

    /** Returns what deletes the rows that are older than a time and lower than the last blocks. */
    List<BatchedDelete> outdated(Instant oldest, long blocks) throws SQLException;
}
