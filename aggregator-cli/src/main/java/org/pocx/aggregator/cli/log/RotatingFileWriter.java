package org.pocx.aggregator.cli.log;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.pocx.aggregator.cli.config.FileTrouble;
import org.pocx.aggregator.core.time.WallClock;
import org.tinylog.core.LogEntry;
import org.tinylog.writers.AbstractFormatPatternWriter;

/**
 * The writer {@code rotating file} of tinylog's configuration. tinylog's own cannot reopen its file, and does not keep
 * one name for the newest.
 *
 * <p>Thread-safe, as its file is.
 */
public final class RotatingFileWriter extends AbstractFormatPatternWriter {
    static final String TYPE = "rotating file";

    private static final long MAX_BYTES = 10L * 1024 * 1024;
    private static final int KEPT = 7;

    private final Path path;
    private final RotatingFile file;
    private volatile boolean failing;

    /** Called by tinylog, with the properties of the writer; {@code file} is the path. */
    public RotatingFileWriter(Map<String, String> properties) {
        super(properties);
        path = Path.of(getFileName());
        file = new RotatingFile(path, MAX_BYTES, KEPT, WallClock.ofFiles(), ZoneId.systemDefault());
    }

    /** Writes one entry. A full disk costs lines and is told once on the console. */
    @Override
    public void write(LogEntry entry) {
        if (!Threshold.passes(entry.getLevel())) {
            return;
        }
        try {
            file.append(render(OneLine.of(entry)));
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                System.err.println("The log file cannot be written: " + FileTrouble.reason(path, e));
            }
            failing = true;
        }
    }

    Path path() {
        return path;
    }

    void reopen() throws IOException {
        file.reopen();
    }

    /** Every line is handed to the system at once. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        file.close();
    }
}
