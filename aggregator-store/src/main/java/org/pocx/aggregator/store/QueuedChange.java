package org.pocx.aggregator.store;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** A change that waits to be durable, and the promise that was given for it. */
record QueuedChange(Rows rows, CompletableFuture<Void> durable) {

    /** A change, of the aggregator or of its history, as rows. */
    interface Rows {
        /** After an exception the transaction must be rolled back: half of the change may be in it. */
        void put(ChangeWriter writer) throws SQLException;
    }
}
