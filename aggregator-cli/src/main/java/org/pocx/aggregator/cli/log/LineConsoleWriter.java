package org.pocx.aggregator.cli.log;

import java.io.PrintStream;
import java.util.Map;
import org.tinylog.core.LogEntry;
import org.tinylog.writers.AbstractFormatPatternWriter;

/**
 * The writer {@code line console} of tinylog's configuration. tinylog's own lets messages have many lines.
 *
 * <p>Thread-safe, as the process's streams are.
 */
public final class LineConsoleWriter extends AbstractFormatPatternWriter {
    static final String TYPE = "line console";

    private final PrintStream stream;

    /** Called by tinylog, with the properties of the writer; {@code stream} is "out" or "err". */
    public LineConsoleWriter(Map<String, String> properties) {
        super(properties);
        stream = "out".equals(properties.get("stream")) ? System.out : System.err;
    }

    @Override
    public void write(LogEntry entry) {
        if (Threshold.passes(entry.getLevel())) {
            stream.print(render(OneLine.of(entry)));
        }
    }

    @Override
    public void flush() {
        stream.flush();
    }

    /** The process's streams stay open. */
    @Override
    public void close() {
        flush();
    }
}
