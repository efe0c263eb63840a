package org.pocx.aggregator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads lines of a limited length. The rest of a longer line is skipped, so that no input fills the memory. */
final class BoundedLines {
    private final BufferedReader reader;
    private final int limit;
    private final StringBuilder line = new StringBuilder();
    private long number;

    /** @param limit how many characters of a line are kept */
    BoundedLines(BufferedReader reader, int limit) {
        this.reader = reader;
        this.limit = limit;
    }

    /** The number of the line that was read last, from 1. */
    long number() {
        return number;
    }

    /** Whether a line, or its beginning, can be read without waiting for whoever writes the input. */
    boolean isReady() throws IOException {
        return reader.ready();
    }

    /** The next line without its end, cut at the limit; null at the end of the input. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() < limit) {
                line.append((char) c);
            }
        }
        number++;
        int end = line.length();
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
