package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Set;

/**
 * A query for events.
 *
 * @param page the part of the list, newest first
 * @param after only events with a higher id; 0 for all
 * @param since only events at or after this time
 * @param kinds only events of these kinds; empty for all
 */
public record EventQuery(HistoryPage page, long after, Instant since, Set<FarmEvent.Kind> kinds) {
    /** Copies the kinds. */
    public EventQuery {
        kinds = Set.copyOf(kinds);
    }

    /**
     * {@return a query for events of any kind and time}
     *
     * @param page the part of the list, newest first
     */
    public static EventQuery all(HistoryPage page) {
        return new EventQuery(page, 0, Instant.MIN, Set.of());
    }

    /**
     * {@return whether the event matches, regardless of the page's offset and limit}
     *
     * @param event the event to check
     */
    public boolean matches(FarmEvent event) {
        return event.id() < page.before()
                && event.id() > after
                && !event.at().isBefore(since)
                && (kinds.isEmpty() || kinds.contains(event.kind()));
    }
}
