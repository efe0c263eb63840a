package org.pocx.aggregator.statistics.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The states of the detectors of an {@link InMemoryFarmStore}, the last {@value #MAX}. Thread-safe; guarded by its monitor. */
final class InMemoryDetectors {
    static final int MAX = 40_000;

    private final Map<List<String>, DetectorState> states = new LinkedHashMap<>();

    synchronized void record(DetectorState state) {
        List<String> key = List.of(state.kind(), state.subject());
        states.remove(key);
        states.put(key, state);
        if (states.size() > MAX) {
            states.remove(states.keySet().iterator().next());
        }
    }

    synchronized List<DetectorState> states() {
        return List.copyOf(states.values());
    }
}
