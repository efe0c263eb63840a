package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;

/** The command {@code bench}, with little of everything: that it measures all that it should, not what comes out. */
class BenchIT {
    private static final List<String> SMALL = List.of(
            "bench", "--seconds", "1", "--warm-up", "0", "--connections", "4", "--pollers", "20");
    private static final List<String> NEED_OUR_UPSTREAM = List.of(
            "submit_nonce_filtered_1",
            "submit_nonce_filtered_1000",
            "submit_nonce_filtered_10000",
            "submit_nonce_improving",
            "new_block",
            "new_block_wallet",
            "receipt_to_upstream",
            "nonce_to_upstream");

    private static final String INFO = """
            {"jsonrpc":"2.0","result":{"generation_signature":"%s","base_target":1000,"height":7,"block_hash":"%s"},"id":ID}
            """
            .formatted("5".repeat(64), "b".repeat(64));

    @TempDir private Path folder;

    @Test
    @Heavy
    void smallRun_hasEveryRow_andLeavesNothingBehind() throws Exception {
        Process process = bench(List.of("--json"));
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(printed()).isTrue();

        assertThat(process.exitValue()).as(printed()).isZero();
        JsonNode rows = json().get("rows");
        assertThat(ids(rows, true)).contains("start", "get_mining_info", "polling_farm").containsAll(NEED_OUR_UPSTREAM);
        for (JsonNode row : rows) {
            if (!row.has("left_out")) {
                assertThat(row.at("/figures/p50").isNumber()).as(row.toString()).isTrue();
                assertThat(row.at("/ratio_to_floor/p50").isNumber()).as(row.toString()).isTrue();
                assertThat(row.get("failed").asLong()).as(row.toString()).isZero();
            }
        }
        assertThat(rows.get(1).at("/figures/requests_per_second").asDouble()).isPositive();
        assertThat(printed()).contains("as a ratio to the floor", "4 connections; 1 s each");
        assertNothingLeft();
    }

    @Test
    @Heavy
    void otherAggregator_isMeasuredWithoutWhatNeedsOurUpstream() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, INFO, INFO)) {
            int port = ChildProgram.freePort();
            try (ChildProgram other = ChildProgram.serving(
                    Files.createDirectory(folder.resolve("other")),
                    port,
                    "listen_address: 127.0.0.1:" + port + "\nupstream: {url: '" + upstream.uri() + "'}\n")) {
                Process process = bench(List.of("--json", "--url", other.uri().toString()));
                assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(printed()).isTrue();
            }
        }
        JsonNode rows = json().get("rows");
        assertThat(ids(rows, true)).contains("get_mining_info", "polling_farm").doesNotContainAnyElementsOf(
                NEED_OUR_UPSTREAM);
        assertThat(ids(rows, false)).containsAll(NEED_OUR_UPSTREAM);
        assertThat(printed()).contains("needs our upstream: give --upstream-port N");
    }

    @Test
    void terminated_endsItsChildren_andLeavesNothingBehind() throws Exception {
        Process process = bench(List.of());
        Await.until("the children run", () -> process.children().count() >= 2);
        List<ProcessHandle> children = process.children().toList();
        process.destroy();

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(printed()).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(printed()).contains("Stopped; nothing is left behind.");
        assertNothingLeft();
    }

    @Test
    void programThatDoesNotStart_isSaidWithItsLastLines() throws Exception {
        Process process = bench(List.of("--java-options", "-XX:+NoSuchOption"));

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(printed()).contains("the program does not start", "Unrecognized VM option 'NoSuchOption'");
        assertNothingLeft();
    }

    private Process bench(List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-jar",
                System.getProperty("pocx.jar")));
        command.addAll(SMALL);
        command.addAll(more);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private JsonNode json() throws IOException {
        return ChildProgram.json(Files.readString(folder.resolve("out")));
    }

    private static List<String> ids(JsonNode rows, boolean measured) {
        List<String> ids = new ArrayList<>();
        for (JsonNode row : rows) {
            if (row.has("figures") == measured) {
                ids.add(row.get("id").asText());
            }
        }
        return ids;
    }

    private String printed() throws IOException {
        return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    }

    private void assertNothingLeft() throws IOException {
        try (var left = Files.list(folder.resolve("tmp"))) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("pocx-bench"))).isEmpty();
        }
    }
}
