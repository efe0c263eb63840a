package org.pocx.aggregator.cli.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.pocx.aggregator.cli.config.FileErrors;
import org.pocx.aggregator.core.time.WallClock;
import org.tinylog.core.LogEntry;
import org.tinylog.writers.AbstractFormatPatternWriter;

/**
 * Writes tinylog's entries into a {@link LogFile}. tinylog creates it, because the configuration names it.
 *
 * <p>Thread-safe, as its file is.
 */
public final class LogFileWriter extends AbstractFormatPatternWriter {
    private static final long MAX_BYTES = 10L * 1024 * 1024;
    private static final int KEPT = 7;

    private final Path path;
    private final LogFile file;
    private volatile boolean failing;

    /** @param properties {@code file}: the path; {@code format}: the pattern of a line */
    public LogFileWriter(Map<String, String> properties) {
        super(properties);
        path = Path.of(getFileName());
        file = new LogFile(path, MAX_BYTES, KEPT, WallClock.ofFiles(), ZoneId.systemDefault());
    }

    /** Writes one entry. When the disk is full, lines are lost, and the console reports it once. */
    @Override
    public void write(LogEntry entry) {
        try {
            file.append(render(entry));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                System.err.println("Cannot write the log file: " + FileErrors.reason(path, e));
            }
            failing = true;
        }
    }

    void reopen() {
        try {
            file.reopen();
        } catch (IOException e) {
            System.err.println("Cannot reopen the log file: " + FileErrors.reason(path, e));
        }
    }

    /** Does nothing: each line is passed to the operating system at once. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        file.close();
    }
}
