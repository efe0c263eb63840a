package org.pocx.aggregator.cli.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.cli.config.FileErrors;
import org.pocx.aggregator.cli.config.LogLevel;
import org.tinylog.Level;
import org.tinylog.Logger;
import org.tinylog.configuration.Configuration;
import org.tinylog.core.TinylogLoggingProvider;
import org.tinylog.jul.JulTinylogBridge;
import org.tinylog.provider.ProviderRegistry;

/** Sets up tinylog, which System.Logger, java.util.logging and slf4j write to. */
public final class Logging {
    /** The stream of the console that the lines go to. */
    public enum Console {
        /** The standard output. */
        OUT,
        /** The standard error. */
        ERR
    }

    private static final String FORMAT = "{date: yyyy-MM-dd HH:mm:ss.SSSxxx} {level|min-size=5} {message}";
    private static final String DEBUG_FORMAT =
            "{date: yyyy-MM-dd HH:mm:ss.SSSxxx} {level|min-size=5} [{thread}] {class-name}: {message}";

    private static final List<String> JDK_PACKAGES = List.of("java", "javax", "jdk", "sun", "com.sun");

    /** The store reports what happens to the database, once and in its own words. */
    private static final List<String> DATABASE_PACKAGES = List.of("com.zaxxer.hikari", "org.postgresql");

    private Logging() {}

    /**
     * Configures the log of this process. Must be called before anything is logged: only the first configuration counts.
     *
     * @return why the file cannot be used, one line; then only the console is used
     */
    public static Optional<String> configure(LogLevel level, Optional<Path> file, Console console) {
        Optional<String> problem = file.flatMap(Logging::whyNotWritable);
        if (!Configuration.isFrozen()) {
            Optional<Path> usable = problem.isPresent() ? Optional.empty() : file;
            Configuration.replace(configuration(level, usable, console));
            setLevel(level);
            JulTinylogBridge.activate();
        }
        return problem;
    }

    /** Changes the level at once. The format of the lines stays as {@link #configure} has set it. */
    public static void setLevel(LogLevel level) {
        LineLoggingProvider.setLevel(Level.valueOf(level.name()));
    }

    /** Discards what the JDK or a library logs: for commands that log nothing themselves. */
    public static void silence() {
        configure(LogLevel.OFF, Optional.empty(), Console.ERR);
    }

    private static Map<String, String> configuration(LogLevel level, Optional<Path> file, Console console) {
        Map<String, String> settings = new HashMap<>();
        String format = level.compareTo(LogLevel.DEBUG) <= 0 ? DEBUG_FORMAT : FORMAT;
        settings.put("provider", LineLoggingProvider.class.getName());
        // tinylog's own level cannot change, so it is low, and LineLoggingProvider has the real one. Trace is an exception,
        // because it costs time even when it is filtered out.
        settings.put("level", level == LogLevel.TRACE ? LogLevel.TRACE.text() : LogLevel.DEBUG.text());
        if (level.compareTo(LogLevel.INFO) < 0) {
            // At debug the JDK logs each certificate that it loads and each exit. Only then: with levels of packages, tinylog
            // walks the stack for every question of the JDK, which took a tenth of the processor.
            JDK_PACKAGES.forEach(name -> settings.put("level@" + name, LogLevel.WARN.text()));
        }
        DATABASE_PACKAGES.forEach(name -> settings.put("level@" + name, LogLevel.OFF.text()));
        settings.put("exception", OneLineThrowableFilter.class.getName());
        settings.put("writerConsole", "console");
        settings.put("writerConsole.stream", console.name().toLowerCase(Locale.ROOT));
        settings.put("writerConsole.tag", "-"); // none of logToFile
        settings.put("writerConsole.format", format);
        file.ifPresent(path -> {
            settings.put("writerFile", LogFileWriter.class.getName());
            settings.put("writerFile.file", path.toString());
            settings.put("writerFile.format", format);
        });
        return settings;
    }

    /**
     * Opens the log file by its name again, after another program has moved it.
     *
     * @return whether there is a log file
     */
    public static boolean reopenFile() {
        if (!(ProviderRegistry.getLoggingProvider() instanceof TinylogLoggingProvider tinylog)) {
            return false;
        }
        List<LogFileWriter> files = tinylog.getWriters().stream()
                .filter(LogFileWriter.class::isInstance)
                .map(LogFileWriter.class::cast)
                .toList();
        files.forEach(LogFileWriter::reopen);
        return !files.isEmpty();
    }

    /** Logs an error to the file only: the console shows it in another way. */
    public static void logToFile(String line) {
        Logger.tag("file").error(line);
    }

    private static Optional<String> whyNotWritable(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Cannot write the log file " + file + " (" + FileErrors.reason(file, e)
                    + "). Logging to the console only.");
        }
    }
}
