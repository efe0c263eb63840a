package org.pocx.aggregator.core;

import java.util.List;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;

/** Calls several listeners, in their order. What one of them throws is logged, and keeps nothing from the others. */
final class EventPublisher implements AggregatorListener {
    private static final System.Logger LOG = System.getLogger(EventPublisher.class.getName());

    private final List<AggregatorListener> listeners;

    EventPublisher(List<AggregatorListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void on(AggregatorEvent event) {
        for (AggregatorListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
            }
        }
    }
}
