package org.pocx.aggregator.statistics;

/**
 * Receives what the statistics find. May be called under locks and by any thread, like an {@link
 * org.pocx.aggregator.core.event.AggregatorListener}: return within microseconds, never block.
 */
@FunctionalInterface
public interface StatisticsListener {

    /**
     * The statistics found something.
     *
     * @param event what they found
     */
    void on(StatisticsEvent event);
}
