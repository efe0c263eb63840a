package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    @TempDir Path folder;

    private Instant now = NOON;
    private Path path;
    private LogFile file;

    @BeforeEach
    void open() {
        path = folder.resolve("a.log");
        file = new LogFile(path, 10, 2, () -> now, ZoneOffset.UTC);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
    }

    @Test
    void newFile_receivesLines() throws IOException {
        file.append("one\n");
        file.append("two\n");

        assertThat(path).hasContent("one\ntwo\n");
    }

    @Test
    void existingFile_isContinued() throws IOException {
        Files.writeString(path, "old\n");
        Files.setLastModifiedTime(path, FileTime.from(NOON));

        file.append("new\n");

        assertThat(path).hasContent("old\nnew\n");
    }

    @Test
    void fileIsFromYesterday_isRotatedAtStart() throws IOException {
        Files.writeString(path, "old\n");
        Files.setLastModifiedTime(path, FileTime.from(NOON.minus(Duration.ofDays(1))));

        file.append("new\n");

        assertThat(path).hasContent("new\n");
    }

    @Test
    void sizeIsReached_nextLineStartsAFile() throws IOException {
        file.append("0123456789\n");
        file.append("next\n");

        assertThat(path).hasContent("next\n");
        assertThat(folder.resolve("a.log.1")).hasContent("0123456789\n");
    }

    @Test
    void midnight_nextLineStartsAFile() throws IOException {
        file.append("one\n");
        now = NOON.plus(Duration.ofHours(12));
        file.append("two\n");

        assertThat(path).hasContent("two\n");
    }

    @Test
    void moreFilesThanAreKept_oldestIsDeleted() throws IOException {
        for (int number = 0; number < 5; number++) {
            file.append("number %d is long\n".formatted(number));
        }

        assertThat(folder).isDirectoryNotContaining("glob:**.3");
        assertThat(folder.resolve("a.log.2")).hasContent("number 2 is long\n");
    }

    @Test
    void movedAndReopened_createsANewFile() throws IOException {
        file.append("one\n");
        Files.move(path, folder.resolve("moved"));
        file.reopen();

        assertThat(path).isEmptyFile();
        file.append("two\n");
        assertThat(path).hasContent("two\n");
    }

    @Test
    void pathIsALink_targetIsRotated() throws IOException {
        Path target = Files.createDirectory(folder.resolve("logs")).resolve("real.log");
        Files.createSymbolicLink(path, target);

        file.append("0123456789\n");
        file.append("next\n");

        assertThat(path).isSymbolicLink().hasContent("next\n");
        assertThat(target).isRegularFile().hasContent("next\n");
        assertThat(folder.resolve("logs/real.log.1")).hasContent("0123456789\n");
    }

    @Test
    void pathIsNotAFile_isNeverMoved() throws IOException {
        Files.createSymbolicLink(path, Path.of("/dev/null"));

        file.append("0123456789\n");
        now = NOON.plus(Duration.ofDays(1));
        file.append("next\n");

        assertThat(path).isSymbolicLink();
        assertThat(folder).isDirectoryNotContaining("glob:**.1");
    }

    @Test
    void rotationFails_fileIsContinued() throws IOException {
        Files.createDirectories(folder.resolve("a.log.1/occupied"));
        Files.createDirectories(folder.resolve("a.log.2/occupied"));

        file.append("0123456789\n");
        file.append("next\n");

        assertThat(path).hasContent("0123456789\nnext\n");
    }
}
