package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;

/** Takes finished lines. Thread-safe, and never blocks for long. */
public interface LineLog {

    /** Whether lines of that level are kept: ask before making a costly one. */
    boolean isEnabled(Level level);

    /** Logs one line. */
    void log(Level level, String line);

    /**
     * Logs one line of trouble that may come again and again.
     *
     * @param kind lines of one kind are summarised: the first is logged, the others are counted once a minute
     */
    void logRepeated(Level level, String kind, String line);
}
