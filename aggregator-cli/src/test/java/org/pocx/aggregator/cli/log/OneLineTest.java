package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.config.LogLevel;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.runtime.RuntimeProvider;

final class OneLineTest {
    @TempDir Path folder;

    @Test
    void textOfManyLines_isOne() {
        assertThat(OneLine.text("select\n  id,\r\n\tname\u2028from a\n")).isEqualTo("select id, name from a");
    }

    @Test
    void otherControlCharacters_areReplaced() {
        assertThat(OneLine.text("a\u001b[31mb\u202ec\td\u0000")).isEqualTo("a?[31mb?c d?");
    }

    @Test
    void endlessText_isCut() {
        assertThat(OneLine.text("x".repeat(100_000))).hasSizeLessThan(10_000);
    }

    @Test
    void recordOfALibrary_isOneLineAndItsStackTraceHasOneLineAFrame() throws IOException {
        Threshold.set(LogLevel.TRACE);
        Path file = folder.resolve("a.log");
        RotatingFileWriter writer = new RotatingFileWriter(Map.of(
                "file", file.toString(), "format", "{level} {message}", "exception", OneLineThrowableFilter.TYPE));
        Exception cause = new IllegalStateException("inner\nFAKE");
        writer.write(entry("create table\n  a\n", new IOException("outer\r\nFAKE", cause)));
        writer.close();

        assertThat(Files.readAllLines(file))
                .startsWith("DEBUG create table a: java.io.IOException: outer FAKE")
                .contains("Caused by: java.lang.IllegalStateException: inner FAKE")
                .noneMatch(line -> line.startsWith("FAKE"));
    }

    private static LogEntry entry(String message, Throwable exception) {
        return new LogEntry(
                RuntimeProvider.createTimestamp(),
                Thread.currentThread(),
                Map.of(),
                "a.B",
                "c",
                "B.java",
                1,
                null,
                Level.DEBUG,
                message,
                exception);
    }
}
