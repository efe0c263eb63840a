package org.pocx.aggregator.cli;

import java.util.Map;

/** Signals that a test sends by running the actions in the map. */
record FakeSignals(Map<String, Runnable> handlers) implements SignalSource {
    @Override
    public void handle(String name, Runnable action) {
        handlers.put(name, action);
    }

    @Override
    public void leave(String name) {
        handlers.remove(name);
    }
}
