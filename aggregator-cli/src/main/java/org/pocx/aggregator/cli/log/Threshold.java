package org.pocx.aggregator.cli.log;

import org.pocx.aggregator.cli.config.LogLevel;
import org.tinylog.Level;

/**
 * The least level that is logged just now. Of the process, as tinylog is, which freezes its own level at first use.
 * Thread-safe: one volatile reference.
 */
final class Threshold {
    private static volatile LogLevel least = LogLevel.INFO;

    private Threshold() {}

    static void set(LogLevel level) {
        least = level;
    }

    static boolean passes(Level level) {
        return least.compareTo(
                switch (level) {
                    case TRACE -> LogLevel.TRACE;
                    case DEBUG -> LogLevel.DEBUG;
                    case INFO -> LogLevel.INFO;
                    case WARN -> LogLevel.WARN;
                    case ERROR, OFF -> LogLevel.ERROR;
                }) <= 0;
    }

    static boolean passes(System.Logger.Level level) {
        return least.compareTo(
                switch (level) {
                    case ALL, TRACE -> LogLevel.TRACE;
                    case DEBUG -> LogLevel.DEBUG;
                    case INFO -> LogLevel.INFO;
                    case WARNING -> LogLevel.WARN;
                    case ERROR, OFF -> LogLevel.ERROR;
                }) <= 0;
    }
}
