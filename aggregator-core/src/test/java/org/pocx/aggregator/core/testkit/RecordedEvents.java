package org.pocx.aggregator.core.testkit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;

/** Keeps all events that it is told, in their order. Thread-safe. */
public final class RecordedEvents implements AggregatorListener {
    private final List<AggregatorEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(AggregatorEvent event) {
        events.add(event);
    }

    /** All of them so far. */
    public List<AggregatorEvent> all() {
        return List.copyOf(events);
    }

    /** Those of one kind so far. */
    public <E extends AggregatorEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
