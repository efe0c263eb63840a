package org.pocx.aggregator.core.backlog;

/**
 * A change on its way to the store.
 *
 * @param number in the order of the writes: of two changes of a subject, the one with the higher number is kept
 * @param whenDurable run once when the change is durable
 */
record PendingChange<C>(long number, C change, Runnable whenDurable) {}
