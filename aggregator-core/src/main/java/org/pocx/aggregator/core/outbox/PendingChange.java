package org.pocx.aggregator.core.outbox;

import org.pocx.aggregator.core.store.StoreChange;

/**
 * A change on its way to the store.
 *
 * @param number in the order of the writes: of two changes of a thing the younger counts
 * @param whenDurable run once when the change is durable
 */
record PendingChange(long number, StoreChange change, Runnable whenDurable) {}
