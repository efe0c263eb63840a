package org.pocx.aggregator.cli.config;

import java.util.Locale;

/** The lowest level that is logged. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF;

    /** Returns the name of the level in the configuration and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
