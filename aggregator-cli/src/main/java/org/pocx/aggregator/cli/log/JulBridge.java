package org.pocx.aggregator.cli.log;

import java.nio.file.NoSuchFileException;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.LogLevel;

/** Leads what libraries tell java.util.logging into the program's own log. */
final class JulBridge extends Handler {
    private final Formatter formatter = new SimpleFormatter();

    private JulBridge() {}

    /** Replaces the handlers of the root logger. */
    static void install(LogLevel level) {
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(julLevel(level));
        root.addHandler(new JulBridge());
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record != null && isLoggable(record) && !isHarmless(record)) {
            String name = record.getLoggerName() == null ? "java.util.logging" : record.getLoggerName();
            System.getLogger(name).log(level(record.getLevel()), formatter.formatMessage(record), record.getThrown());
        }
    }

    /** SQLite's driver deletes what killed processes left behind, and reports as an error what another process deleted before it. */
    static boolean isHarmless(LogRecord record) {
        return "org.sqlite.SQLiteJDBCLoader".equals(record.getLoggerName())
                && record.getThrown() instanceof NoSuchFileException;
    }

    private static System.Logger.Level level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return System.Logger.Level.ERROR;
        }
        if (value >= Level.WARNING.intValue()) {
            return System.Logger.Level.WARNING;
        }
        if (value >= Level.INFO.intValue()) {
            return System.Logger.Level.INFO;
        }
        return value >= Level.FINE.intValue() ? System.Logger.Level.DEBUG : System.Logger.Level.TRACE;
    }

    private static Level julLevel(LogLevel level) {
        return switch (level) {
            case TRACE -> Level.ALL;
            case DEBUG -> Level.FINE;
            case INFO -> Level.INFO;
            case WARN -> Level.WARNING;
            case ERROR -> Level.SEVERE;
            case OFF -> Level.OFF;
        };
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
