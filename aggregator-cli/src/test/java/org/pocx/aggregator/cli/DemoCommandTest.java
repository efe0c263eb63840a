package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class DemoCommandTest {
    @TempDir Path folder;

    @Test
    void someRounds_endsAutomaticallyWithASummaryOfEach() throws IOException {
        TestTerminal terminal = new TestTerminal(folder);

        int status = terminal.run("demo", "--rounds", "2", "--round-seconds", "2", "--machines", "5");

        assertThat(status).isZero();
        assertThat(terminal.out().lines().filter(line -> line.startsWith("summary")))
                .hasSize(2)
                .allMatch(line -> line.matches("summary    height \\d+: (best poc_time \\d+ s by machine [0-9.]+ for"
                        + " account [0-9a-f]{8}\\.\\.|no nonce confirmed); received \\d+, filtered \\d+, forwarded \\d+,"
                        + " confirmed \\d+, rejected \\d+"));
    }

    @Test
    void realProofs_areMinedFromPlotToBlock() {
        TestTerminal terminal = new TestTerminal(folder);

        int status = terminal.run(
                "demo", "--real-proofs", "--rounds", "3", "--round-seconds", "4", "--machines", "2");

        assertThat(status).isZero();
        assertThat(terminal.out())
                .contains("the plots are real")
                .containsPattern("(?m)^confirmed  poc_time \\d+ s, machine 127\\.77\\.0\\.1 ")
                .containsPattern("(?m)^summary    height \\d+: best poc_time \\d+ s by machine 127\\.77\\.0\\.1 ");
    }

    @Test
    void start_printsTheAddresses() {
        TestTerminal terminal = new TestTerminal(folder);

        terminal.run("demo", "--rounds", "1", "--round-seconds", "1", "--machines", "2");

        assertThat(terminal.out())
                .containsPattern("(?m)^miner port   http://127.0.0.1:\\d+$")
                .containsPattern("(?m)^dashboard    http://127.0.0.1:\\d+/$")
                .containsPattern("(?m)^stats        http://127.0.0.1:\\d+/stats$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void signal_endsItAndLeavesNothingBehind(String signal) throws Exception {
        long before = leftovers();
        TestTerminal terminal = new TestTerminal(folder);
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> terminal.run("demo"));
        while (!terminal.out().contains("stats ") && !status.isDone()) {
            Thread.onSpinWait();
        }

        terminal.signal(signal);

        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(leftovers()).isEqualTo(before);
    }

    private static long leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(DemoCommand.folderPrefix()))
                    .count();
        }
    }
}
