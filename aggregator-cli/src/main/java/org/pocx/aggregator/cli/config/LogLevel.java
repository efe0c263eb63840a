package org.pocx.aggregator.cli.config;

import java.util.Locale;

/** How much is logged. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF;

    /** The level's name in the configuration and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
