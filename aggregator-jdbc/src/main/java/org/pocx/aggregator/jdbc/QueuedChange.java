package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/**
 * A change that waits to be written.
 *
 * @param history whether it belongs to the history, whose failure is not reported as an outage
 * @param durable completes when the change is on disk
 */
record QueuedChange(boolean history, Rows rows, CompletableFuture<Void> durable) {

    /** Writes a change of the aggregator or of the history as rows. */
    interface Rows {
        /**
         * Writes the rows. After an exception the transaction must be rolled back, because it may contain a part of the
         * change.
         */
        void put(ChangeWriter writer) throws SQLException;
    }
}
