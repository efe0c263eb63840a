package org.pocx.aggregator.cli.log;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.cli.config.FileTrouble;
import org.pocx.aggregator.cli.config.LogLevel;
import org.tinylog.configuration.Configuration;
import org.tinylog.core.LogEntry;
import org.tinylog.core.TinylogLoggingProvider;
import org.tinylog.provider.ProviderRegistry;
import org.tinylog.runtime.RuntimeProvider;

/** Sets up tinylog, to which System.Logger, java.util.logging and slf4j all lead. */
public final class Logging {
    /** Which stream of the console takes the lines. */
    public enum Console {
        OUT,
        ERR
    }

    private static final String FORMAT = "{date: yyyy-MM-dd HH:mm:ss.SSSxxx} {level|min-size=5} {message}";
    private static final String DEBUG_FORMAT =
            "{date: yyyy-MM-dd HH:mm:ss.SSSxxx} {level|min-size=5} [{thread}] {class-name}: {message}";

    private static final List<String> JDK_PACKAGES = List.of("java", "javax", "jdk", "sun", "com.sun");

    private Logging() {}

    /**
     * Configures the log of this process. To be called before anything logs: the first configuration of a process
     * holds.
     *
     * @return what is wrong with the file, one line; the log then goes to the console alone
     */
    public static Optional<String> configure(LogLevel level, Optional<Path> file, Console console) {
        Optional<String> problem = file.flatMap(Logging::whyNotWritable);
        if (Configuration.isFrozen()) {
            return problem;
        }
        setLevel(level);
        Optional<Path> usable = problem.isPresent() ? Optional.empty() : file;
        Configuration.replace(configuration(level, usable, console));
        return problem;
    }

    /** From now on this level counts; only the lines' format stays as {@link #configure} has chosen it. */
    public static void setLevel(LogLevel level) {
        Threshold.set(level);
        JulBridge.install(level);
    }

    /** For commands that have nothing to log: what the JDK or a library has to say goes nowhere. */
    public static void silence() {
        configure(LogLevel.OFF, Optional.empty(), Console.ERR);
    }

    private static Map<String, String> configuration(LogLevel level, Optional<Path> file, Console console) {
        Map<String, String> settings = new HashMap<>();
        String format = level.compareTo(LogLevel.DEBUG) <= 0 ? DEBUG_FORMAT : FORMAT;
        // The frozen level lets debugging through, for the one that counts can change: the writers ask Threshold. Traces,
        // which cost where nobody reads them, are for those that start with them.
        settings.put("level", level == LogLevel.TRACE ? LogLevel.TRACE.text() : LogLevel.DEBUG.text());
        if (level.compareTo(LogLevel.INFO) < 0) {
            // Below that the JDK tells of each certificate that it loads and of each exit. Not for INFO and above: where
            // packages have levels of their own, tinylog walks the stack for whatever the JDK asks, which took a tenth of
            // the processor.
            JDK_PACKAGES.forEach(name -> settings.put("level@" + name, LogLevel.WARN.text()));
        }
        settings.put("exception", OneLineThrowableFilter.TYPE);
        settings.put("writerConsole", LineConsoleWriter.TYPE);
        settings.put("writerConsole.stream", console == Console.OUT ? "out" : "err");
        settings.put("writerConsole.format", format);
        file.ifPresent(path -> {
            settings.put("writerFile", RotatingFileWriter.TYPE);
            settings.put("writerFile.file", path.toString());
            settings.put("writerFile.format", format);
        });
        return settings;
    }

    /**
     * Opens each log file by its name again, after another program has moved it away.
     *
     * @return whether there is one
     */
    public static boolean reopenFiles() {
        List<RotatingFileWriter> files = files();
        files.forEach(Logging::reopen);
        return !files.isEmpty();
    }

    /** Logs one line to the files alone, for what the console is told in another way. */
    public static void tellFiles(Level level, String line) {
        if (System.getLogger(Logging.class.getName()).isLoggable(level)) {
            files().forEach(file -> file.write(line(level, line)));
        }
    }

    private static LogEntry line(Level level, String line) {
        org.tinylog.Level tinylog = level == Level.ERROR ? org.tinylog.Level.ERROR : org.tinylog.Level.WARN;
        return new LogEntry(
                RuntimeProvider.createTimestamp(),
                Thread.currentThread(),
                Map.of(),
                Logging.class.getName(),
                null,
                null,
                -1,
                null,
                tinylog,
                line,
                null);
    }

    private static List<RotatingFileWriter> files() {
        return ProviderRegistry.getLoggingProvider() instanceof TinylogLoggingProvider tinylog
                ? tinylog.getWriters().stream()
                        .filter(RotatingFileWriter.class::isInstance)
                        .map(RotatingFileWriter.class::cast)
                        .toList()
                : List.of();
    }

    private static void reopen(RotatingFileWriter file) {
        try {
            file.reopen();
        } catch (IOException e) {
            System.err.println("The log file cannot be opened anew: " + FileTrouble.reason(file.path(), e));
        }
    }

    private static Optional<String> whyNotWritable(Path file) {
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The log file " + file + " cannot be written (" + FileTrouble.reason(file, e)
                    + "): logging to the console alone.");
        }
    }
}
