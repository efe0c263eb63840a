package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.Settings;

/** The files of the commands on a file system as that of Windows: drives, backslashes, no POSIX permissions. */
final class FilesOnWindowsTest {
    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final Path folder = windows.getPath("C:\\Users\\Somebody\\my farm");
    private TestTerminal terminal;

    @BeforeEach
    void createFolder() throws IOException {
        Files.createDirectories(folder);
        terminal = new TestTerminal(folder);
    }

    @AfterEach
    void close() throws IOException {
        windows.close();
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
    }

    @Test
    void init_writesAConfigurationThatIsValid() {
        assertThat(terminal.run("init")).as(terminal.err()).isZero();
        assertThat(folder.resolve("aggregator_config.yaml")).isNotEmptyFile();
        assertThat(terminal.run("check")).as(terminal.err()).isZero();
        assertThat(terminal.run("init")).isEqualTo(1);
        assertThat(terminal.err()).contains("exists already");
    }

    @Test
    void linesEndInCrLf_areReadAsOthers() throws IOException {
        write("upstream:\r\n  url: http://pool.example.com/\r\n  name: my pool\r\nserver:\r\n  max_connections: many\r\n");
        assertThat(terminal.run("check")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("aggregator_config.yaml:5: server.max_connections is \"many\"; it must be")
                .doesNotContain("\r");
    }

    @Test
    void paths_startInTheWorkingDirectoryOrAtADrive() throws IOException {
        write("upstream: { url: 'http://pool.example.com/' }\ndatabase: { path: 'data\\farm.db' }\n"
                + "logging: { file: 'D:\\logs\\farm.log' }\n");
        Settings settings = ConfigFile.read("aggregator_config.yaml", folder, Map.of());
        assertThat(settings.database().path()).isEqualTo(folder.resolve("data").resolve("farm.db"));
        assertThat(settings.logging().file()).contains(windows.getPath("D:\\logs\\farm.log"));
        assertThat(ConfigFile.database("aggregator_config.yaml", folder, Map.of()))
                .isEqualTo(settings.database().path());
    }

    @Test
    void nameThatWindowsDoesNotAllow_isAnErrorInOneLine() throws IOException {
        assertThat(terminal.run("check", "-c", "farm?.yaml")).isEqualTo(2);
        assertThat(terminal.err()).contains("farm?.yaml cannot be read").hasLineCount(1);
    }
}
