package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** How the packaged program starts and ends when the world is against it. */
class StartIT {
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String INFO = "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"" + "a".repeat(64)
            + "\",\"base_target\":5,\"height\":7,\"block_hash\":\"" + "b".repeat(64) + "\"},\"id\":ID}";

    @TempDir private Path folder;

    @Test
    void upstreamDown_isSaid_andRecovers() throws Exception {
        int port = ChildProgram.freePort();
        int upstreamPort = ChildProgram.freePort();
        try (ChildProgram program = ChildProgram.serving(folder, port, config(port, upstreamPort))) {
            assertThat(program.post(POLL).body()).contains("-32000");
            assertThat(program.get("/ready").statusCode()).isEqualTo(503);
            assertThat(program.get("/ready").body()).contains("upstream");
            Await.until("the log says so", () -> program.output().contains("WARN"));

            try (ScriptedUpstream upstream = new ScriptedUpstream(upstreamPort, INFO, INFO)) {
                assertThat(upstream.uri().getPort()).isEqualTo(upstreamPort);
                program.awaitReady();
                assertThat(program.post(POLL).body()).contains("\"height\":7");
            }
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    /** As containers in a network are often called. */
    @Test
    void upstreamWhoseNameHasAnUnderscore_isReached() throws Exception {
        int port = ChildProgram.freePort();
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 mining_node\n");
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, INFO, INFO)) {
            String yaml = config(port, upstream.uri().getPort()).replace("127.0.0.1:" + upstream.uri().getPort(),
                    "mining_node:" + upstream.uri().getPort());
            assertThat(yaml).contains("//mining_node:");
            try (ChildProgram program = ChildProgram.servingUnder(
                    List.of("-Djdk.net.hosts.file=" + hosts), folder, port, yaml)) {
                program.awaitReady();
                assertThat(program.post(POLL).body()).contains("\"height\":7");
            }
        }
    }

    @Test
    void portInUse_isOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Path config = Files.writeString(folder.resolve("my.yaml"), config(port, ChildProgram.freePort()));
            try (ChildProgram program = ChildProgram.start(folder, port, "-c", config.toString())) {
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(lastLine(program)).contains("127.0.0.1:" + port);
                assertThat(program.output()).doesNotContain("\tat ");
            }
        }
    }

    @Test
    void configThatDoesNotParse_isOneLine() throws Exception {
        Files.writeString(folder.resolve("my.yaml"), "listen_address: \"0.0.0.0:8080\"\nupstream: [\n");
        try (ChildProgram program = ChildProgram.start(folder, 0, "-c", "my.yaml")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output().strip().lines()).hasSize(1).first().asString().contains("my.yaml:");
        }
    }

    @Test
    void missingConfig_pointsToInitAndDemo() throws Exception {
        try (ChildProgram program = ChildProgram.start(folder, 0)) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains("aggregator_config.yaml", "init", "demo").doesNotContain("\tat ");
        }
    }

    @Test
    void secondAggregatorOnTheSameDatabase_isKeptOut() throws Exception {
        int port = ChildProgram.freePort();
        String yaml = config(port, ChildProgram.freePort());
        Path other = Files.writeString(
                folder.resolve("other.yaml"), yaml.replace(":" + port + "\"", ":" + ChildProgram.freePort() + "\""));
        try (ChildProgram first = ChildProgram.serving(folder, port, yaml);
                ChildProgram second = ChildProgram.start(folder, port, "-c", other.toString())) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(lastLine(second)).contains("start.db");
            assertThat(first.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static String lastLine(ChildProgram program) {
        return program.output().strip().lines().reduce((a, b) -> b).orElse("");
    }

    private static String config(int port, int upstreamPort) throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                upstream:
                  url: "http://127.0.0.1:%d/"
                cache:
                  poll_interval_ms: 50
                database:
                  path: "start.db"
                """
                .formatted(port, upstreamPort);
    }
}
