package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableFinderTest {
    @TempDir private Path folder;

    @Test
    void executable_isFoundAfterAFileThatIsNotExecutable() throws Exception {
        Path text = Files.createFile(Files.createDirectory(folder.resolve("a")).resolve("wrk"));
        Path program = Files.createFile(Files.createDirectory(folder.resolve("b")).resolve("wrk"));
        assertThat(program.toFile().setExecutable(true)).isTrue();

        String path = text.getParent() + File.pathSeparator + program.getParent();
        assertThat(ExecutableFinder.find("wrk", Map.of("PATH", path))).contains(program);
    }

    @Test
    void noPathOrNoSuchCommand_findsNothing() {
        assertThat(ExecutableFinder.find("wrk", Map.of())).isEmpty();
        assertThat(ExecutableFinder.find("wrk", Map.of("PATH", folder.toString()))).isEmpty();
    }
}
