package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Set;

/**
 * Which events.
 *
 * @param page which part of the list, newest first
 * @param after only events with a higher id; 0 for all
 * @param since only events of this time or later
 * @param kinds only those; empty for all
 */
public record EventQuery(HistoryPage page, long after, Instant since, Set<FarmEvent.Kind> kinds) {
    /** Copies the kinds. */
    public EventQuery {
        kinds = Set.copyOf(kinds);
    }

    /**
     * {@return a question for events of any kind and time}
     *
     * @param page which part of the list, newest first
     */
    public static EventQuery all(HistoryPage page) {
        return new EventQuery(page, 0, Instant.MIN, Set.of());
    }

    /**
     * {@return whether the event is asked for, its place in the page apart}
     *
     * @param event one of the feed
     */
    public boolean matches(FarmEvent event) {
        return event.id() < page.before()
                && event.id() > after
                && !event.at().isBefore(since)
                && (kinds.isEmpty() || kinds.contains(event.kind()));
    }
}
