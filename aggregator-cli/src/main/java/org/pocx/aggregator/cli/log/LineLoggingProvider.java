package org.pocx.aggregator.cli.log;

import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.Supplier;
import org.tinylog.core.TinylogLoggingProvider;
import org.tinylog.format.MessageFormatter;

/**
 * Adds to tinylog a level that can change while the program runs, and messages of one line. Every line of System.Logger,
 * java.util.logging and slf4j passes through it. tinylog creates it, because the configuration names it.
 *
 * <p>Thread-safe: the level is one volatile reference, of the process, as tinylog's configuration is.
 */
public final class LineLoggingProvider extends TinylogLoggingProvider {
    private static volatile Level level = Level.INFO;

    static void setLevel(Level lowest) {
        level = lowest;
    }

    static boolean passes(Level candidate) {
        return candidate.compareTo(level) >= 0 && candidate != Level.OFF;
    }

    @Override
    public boolean isEnabled(int depth, @Nullable String tag, Level candidate) {
        return passes(candidate) && super.isEnabled(depth + 1, tag, candidate);
    }

    @Override
    public boolean isEnabled(String loggerClass, @Nullable String tag, Level candidate) {
        return passes(candidate) && super.isEnabled(loggerClass, tag, candidate);
    }

    @Override
    public void log(
            int depth,
            @Nullable String tag,
            Level candidate,
            @Nullable Throwable exception,
            @Nullable MessageFormatter formatter,
            @Nullable Object message,
            Object @Nullable... arguments) {
        if (passes(candidate) && !isHarmless(exception)) {
            super.log(depth + 1, tag, candidate, exception, null, line(formatter, message, arguments));
        }
    }

    @Override
    public void log(
            String loggerClass,
            @Nullable String tag,
            Level candidate,
            @Nullable Throwable exception,
            @Nullable MessageFormatter formatter,
            @Nullable Object message,
            Object @Nullable... arguments) {
        if (passes(candidate) && !isHarmless(exception)) {
            super.log(loggerClass, tag, candidate, exception, null, line(formatter, message, arguments));
        }
    }

    /** SQLite's driver deletes files of processes that were killed, and logs an error when another process was faster. */
    static boolean isHarmless(@Nullable Throwable exception) {
        return exception instanceof NoSuchFileException
                && Arrays.stream(exception.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("org.sqlite.SQLiteJDBCLoader"));
    }

    private static @Nullable String line(
            @Nullable MessageFormatter formatter, @Nullable Object message, Object @Nullable [] arguments) {
        Object value = message instanceof Supplier<?> supplier ? supplier.get() : message;
        if (value == null) {
            return null;
        }
        String text = formatter == null || arguments == null || arguments.length == 0
                ? value.toString()
                : formatter.format(value.toString(), arguments);
        return LogText.oneLine(text);
    }
}
