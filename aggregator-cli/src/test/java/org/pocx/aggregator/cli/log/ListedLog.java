package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** Keeps lines in a list, as "LEVEL text" or "LEVEL [kind] text". */
final class ListedLog implements LineLog {
    final List<String> lines = new ArrayList<>();
    private final Level lowest;

    ListedLog(Level lowest) {
        this.lowest = lowest;
    }

    @Override
    public boolean isEnabled(Level level) {
        return level.compareTo(lowest) >= 0;
    }

    @Override
    public void log(Level level, String line) {
        if (isEnabled(level)) {
            lines.add(level + " " + line);
        }
    }

    @Override
    public void logRepeated(Level level, String kind, String line) {
        log(level, "[" + kind + "] " + line);
    }
}
