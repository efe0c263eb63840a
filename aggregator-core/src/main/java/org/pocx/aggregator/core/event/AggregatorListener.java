package org.pocx.aggregator.core.event;

/**
 * Receives all events of an aggregator.
 *
 * <p>The events of one nonce come in their order, one at a time; those of different nonces come from many threads at
 * once. No lock of the rules is held. Still, other events and the answers to miners wait for a listener: return within
 * microseconds, never block, and pass longer work to another thread. A {@code RuntimeException} of a listener is logged and
 * affects neither the other listeners nor the rules. Listeners are called in the order in which they were added.
 *
 * <p>The contract test is {@code AggregatorListenerContract} in the test jar of this module.
 */
@FunctionalInterface
public interface AggregatorListener {

    /**
     * Something happened.
     *
     * @param event what happened; switch over it, or look for the kinds that you need
     */
    void on(AggregatorEvent event);
}
