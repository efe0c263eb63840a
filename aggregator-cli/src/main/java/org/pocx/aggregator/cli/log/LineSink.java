package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;

/** Where finished lines end up. Called by one thread at a time, but for {@link #isEnabled}. */
public interface LineSink {

    /** Whether lines of that level are kept. Thread-safe. */
    boolean isEnabled(Level level);

    /** Writes one line; may block. */
    void write(Level level, String line);

    /** The sink that is a logger. */
    static LineSink of(System.Logger logger) {
        return new LineSink() {
            @Override
            public boolean isEnabled(Level level) {
                return Threshold.passes(level) && logger.isLoggable(level);
            }

            @Override
            public void write(Level level, String line) {
                logger.log(level, line);
            }
        };
    }
}
