package org.pocx.aggregator.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A change that waits to be written, and the future that is completed then. */
record QueuedChange(Rows rows, CompletableFuture<Void> durable) {

    /** Writes a change of the aggregator or of the history as rows. */
    interface Rows {
        /**
         * Writes the rows. After an exception the transaction must be rolled back, because it may contain a part of the
         * change.
         */
        void put(ChangeWriter writer) throws SQLException;
    }
}
