package org.pocx.aggregator.jdbc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes of single rows that wait to be sent together. Those of the same row keep their order. All others may be reordered,
 * so that many changes with the same statement are one request to the server. Not thread-safe.
 */
final class ChangeBatch {
    private Map<Object, Place> last = new HashMap<>();
    private Map<Place, Step> steps = new LinkedHashMap<>();

    /** @param level one more than that of an earlier change of the same row by another statement */
    private record Place(int level, String statement) {}

    /** A statement with the arguments of each of its executions. */
    record Step(int level, String statement, List<@Nullable Object[]> arguments) {}

    /** @param row identifies the row, by equals */
    void add(Object row, String statement, @Nullable Object[] arguments) {
        Place before = last.get(row);
        int level = before == null ? 0 : before.level() + (before.statement().equals(statement) ? 0 : 1);
        Place place = new Place(level, statement);
        last.put(row, place);
        steps.computeIfAbsent(place, none -> new Step(level, statement, new ArrayList<>()))
                .arguments()
                .add(arguments);
    }

    /** Returns all in an order in which they can be sent, and is empty then. */
    List<Step> takeAll() {
        List<Step> all = steps.values().stream().sorted(Comparator.comparingInt(Step::level)).toList();
        last = new HashMap<>();
        steps = new LinkedHashMap<>();
        return all;
    }
}
