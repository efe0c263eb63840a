package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.config.LogLevel;

/** The reasons why a log file cannot be used. The log of a process is configured once, so this test logs nothing. */
final class LoggingTest {
    @TempDir Path folder;

    private Optional<String> problem(Path file) {
        return Logging.configure(LogLevel.INFO, Optional.of(file), Logging.Console.OUT);
    }

    @Test
    void logFileIsAFolder_isReported() {
        assertThat(problem(folder))
                .contains("Cannot write the log file " + folder + " (it is a folder). Logging to the console only.");
    }

    @Test
    void logFileInAMissingFolder_isReported() {
        assertThat(problem(folder.resolve("no/a.log")))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("(there is no folder " + folder.resolve("no") + ")"));
    }
}
