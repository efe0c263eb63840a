package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.beust.jcommander.JCommander;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completions that bash itself offers with the script. */
class BashCompletionTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir private Path folder;

    @BeforeEach
    void write() throws Exception {
        assumeThat(BASH).as("bash, to try the script in").exists();
        Files.writeString(folder.resolve("script"), BashCompletion.script(CommandLine.description()));
    }

    @Test
    void firstWord_isACommandOrAnOption() throws Exception {
        assertThat(complete("de")).containsExactly("demo");
        assertThat(complete("")).contains("run", "check", "init", "healthcheck", "completion", "help", "--version",
                "-c");
    }

    @Test
    void everyCommandAndOption_isOffered() throws Exception {
        JCommander description = CommandLine.description();

        assertThat(complete("")).containsAll(description.getCommands().keySet());
        for (String command : description.getCommands().keySet()) {
            assertThat(complete(command, "")).containsAll(optionsOf(description, command));
        }
    }

    @Test
    void everyCommandAndOption_isInTheHelp() {
        JCommander description = CommandLine.description();

        String help = Resources.text("help.txt");
        for (String command : description.getCommands().keySet()) {
            assertThat(help).contains("\n  " + command + " ").contains(optionsOf(description, command));
        }
    }

    @Test
    void optionsOfACommand_areItsOwn() throws Exception {
        assertThat(complete("demo", "--ro")).containsExactlyInAnyOrder("--rounds", "--round-seconds");
        assertThat(complete("run", "--ro")).isEmpty();
    }

    @Test
    void valuesOfAnOption_areOffered() throws Exception {
        assertThat(complete("--log-level", "de")).containsExactly("debug");
        assertThat(complete("run", "--log-level", "=", "o")).containsExactly("off");
        assertThat(complete("demo", "--rounds", "")).isEmpty();
        assertThat(complete("completion", "b")).containsExactly("bash");
    }

    @Test
    void configurationOption_offersFiles() throws Exception {
        Files.createFile(folder.resolve("my farm.yaml"));

        assertThat(complete("-c", "my")).containsExactly("my farm.yaml");
        assertThat(complete("check", "--config", "=", "my")).containsExactly("my farm.yaml");
    }

    @Test
    void fileNamedLikeACommand_isNotTheCommand() throws Exception {
        assertThat(complete("-c", "demo", "ch")).containsExactly("check");
    }

    private static List<String> optionsOf(JCommander description, String command) {
        return description.getCommands().get(command).getParameters().stream()
                .flatMap(option -> Stream.of(option.getParameter().names()))
                .toList();
    }

    /** Returns the completions of the last of these words. */
    private List<String> complete(String... words) throws Exception {
        Process bash = new ProcessBuilder(command(words))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        return Files.readAllLines(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    private static List<String> command(String... words) {
        String script = "source ./script; COMP_WORDS=(pocx-aggregator \"$@\"); COMP_CWORD=$#; _pocx_aggregator;"
                + " [ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\"";
        return Stream.concat(Stream.of(BASH.toString(), "--norc", "-c", script, "bash"), Stream.of(words))
                .toList();
    }
}
