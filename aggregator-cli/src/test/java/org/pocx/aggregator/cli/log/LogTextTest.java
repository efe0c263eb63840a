package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.runtime.RuntimeProvider;

final class LogTextTest {
    @TempDir Path folder;

    @Test
    void lineBreaksAndDirectionMarks_areReplaced() {
        assertThat(LogText.clean("a\nb\r\u001b[31mc\u202ed\u2028e")).isEqualTo("a?b??[31mc?d?e");
    }

    @Test
    void longText_isCut() {
        assertThat(LogText.clean("x".repeat(1_000))).hasSize(201);
    }

    @Test
    void textOfManyLines_becomesOneLine() {
        assertThat(LogText.oneLine("select\n  id,\r\n\tname\u2028from a\n")).isEqualTo("select id, name from a");
    }

    @Test
    void otherControlCharacters_areReplaced() {
        assertThat(LogText.oneLine("a\u001b[31mb\u202ec\td\u0000")).isEqualTo("a?[31mb?c d?");
    }

    @Test
    void veryLongLine_isCut() {
        assertThat(LogText.oneLine("x".repeat(100_000))).hasSizeLessThan(10_000);
    }

    @Test
    void messagesOfExceptions_areOneLineEach() throws IOException {
        Path file = folder.resolve("a.log");
        LogFileWriter writer = new LogFileWriter(Map.of(
                "file",
                file.toString(),
                "format",
                "{level} {message}",
                "exception",
                OneLineThrowableFilter.class.getName()));
        Exception cause = new IllegalStateException("inner\nFAKE");
        writer.write(entry("create table", new IOException("outer\r\nFAKE", cause)));
        writer.close();

        assertThat(Files.readAllLines(file))
                .startsWith("DEBUG create table: java.io.IOException: outer FAKE")
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
