package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log on a file system as that of Windows, where a file that another program has open cannot be renamed. */
final class LogFileOnWindowsTest {
    private static final Instant NOON = Instant.parse("2026-05-05T12:00:00Z");

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final Path path = windows.getPath("C:\\farm logs\\a.log");
    private boolean readByAnotherProgram;
    private LogFile file;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(path.getParent());
        file = new LogFile(path, 10, 2, () -> NOON, ZoneOffset.UTC, this::move);
    }

    @AfterEach
    void close() throws IOException {
        file.close();
        windows.close();
    }

    private void move(Path from, Path to) throws IOException {
        if (readByAnotherProgram) {
            throw new AccessDeniedException(from.toString());
        }
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path old(int number) {
        return path.resolveSibling("a.log." + number);
    }

    @Test
    void sizeIsReached_filesAreRotated() throws IOException {
        for (int number = 0; number < 4; number++) {
            file.append("number %d is long\n".formatted(number));
        }
        assertThat(path).hasContent("number 3 is long\n");
        assertThat(old(1)).hasContent("number 2 is long\n");
        assertThat(old(2)).hasContent("number 1 is long\n");
        assertThat(old(3)).doesNotExist();
    }

    @Test
    void fileCannotBeRenamed_isContinued_andRotatedLater() throws IOException {
        file.append("0123456789\n");
        readByAnotherProgram = true;
        file.append("next\n");
        assertThat(path).hasContent("0123456789\nnext\n");

        readByAnotherProgram = false;
        file.append("abcdefghij\n");
        file.append("last\n");
        assertThat(path).hasContent("last\n");
        assertThat(old(1)).hasContent("0123456789\nnext\nabcdefghij\n");
    }
}
