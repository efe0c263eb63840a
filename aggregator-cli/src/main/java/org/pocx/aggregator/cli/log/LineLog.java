package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;

/** Takes finished lines. Thread-safe; never blocks for long. */
public interface LineLog {

    /** Returns whether lines of this level are logged. Ask before building an expensive line. */
    boolean isEnabled(Level level);

    /** Logs one line. */
    void log(Level level, String line);

    /**
     * Logs one line about a problem that may repeat often.
     *
     * @param kind lines of the same kind are summarised: the first is logged, the others are counted for a minute
     */
    void logRepeated(Level level, String kind, String line);
}
