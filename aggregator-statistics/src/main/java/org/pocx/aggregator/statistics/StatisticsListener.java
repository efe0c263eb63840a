package org.pocx.aggregator.statistics;

/**
 * Receives the events of the statistics. May be called under locks and by any thread, like an {@link
 * org.pocx.aggregator.core.event.AggregatorListener}: it must return within microseconds and never block.
 */
@FunctionalInterface
public interface StatisticsListener {

    /**
     * Handles an event.
     *
     * @param event the event
     */
    void on(StatisticsEvent event);
}
