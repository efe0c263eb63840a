package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.config.LogLevel;

/** Why a log file cannot be used; the process's log is configured once, so that no line comes from here. */
final class LoggingTest {
    @TempDir Path folder;

    private Optional<String> problem(Path file) {
        return Logging.configure(LogLevel.INFO, Optional.of(file), Logging.Console.OUT);
    }

    @Test
    void logFileIsAFolder_isSaid() {
        assertThat(problem(folder))
                .contains("The log file " + folder
                        + " cannot be written (it is a folder): logging to the console alone.");
    }

    @Test
    void logFileInAFolderThatIsNotThere_isSaid() {
        assertThat(problem(folder.resolve("no/a.log")))
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("(there is no folder " + folder.resolve("no") + ")"));
    }
}
