package org.pocx.aggregator.store;

import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.store.StoreChange;

/** A change that waits to be durable, and the promise that was given for it. */
record QueuedChange(StoreChange change, CompletableFuture<Void> durable) {}
