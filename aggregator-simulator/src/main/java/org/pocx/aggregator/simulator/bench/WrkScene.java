package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** A second opinion on {@code get_mining_info}, by the load generator wrk where it is installed. */
final class WrkScene implements Scene {
    private static final RowName NAME = new RowName("get_mining_info_wrk", "get_mining_info, as wrk sees it");

    private final Optional<Path> wrk;

    /** @param wrk the command, where there is one */
    WrkScene(Optional<Path> wrk) {
        this.wrk = wrk;
    }

    @Override
    public List<RowName> rows() {
        return List.of(NAME);
    }

    @Override
    public Optional<String> obstacle(BenchSettings settings) {
        return wrk.isPresent() ? Optional.empty() : Optional.of("wrk is not on the PATH");
    }

    @Override
    public Duration planned(BenchSettings settings) {
        return seconds(settings).multipliedBy(2);
    }

    private static Duration seconds(BenchSettings settings) {
        return Duration.ofSeconds(Math.max(1, settings.time().toSeconds()));
    }

    @Override
    public void play(Stage stage, Told told) throws IOException, InterruptedException {
        Server program = stage.program();
        WrkRun floor = run(stage, stage.floor());
        WrkRun own = run(stage, program);
        told.row(new Row.Measured(
                NAME,
                own.figures(program.vitals().rssMib()),
                "floor: " + stage.settings().connections() + " connections, wrk",
                floor.figures(stage.floor().vitals().rssMib()),
                own.failed(),
                List.of(),
                Optional.empty()));
    }

    private WrkRun run(Stage stage, Server server) throws IOException, InterruptedException {
        Path script = Files.writeString(stage.folder().resolve("poll.lua"), script(server.target()));
        Path output = stage.folder().resolve("wrk.txt");
        Process process = new ProcessBuilder(
                wrk.orElseThrow().toString(),
                "-t1",
                "-c" + stage.settings().connections(),
                "-d" + seconds(stage.settings()).toSeconds() + "s",
                "--latency",
                "-s",
                script.toString(),
                server.target().uri().toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return WrkRun.parse(Files.readString(output));
    }

    private static String script(Target target) {
        String authorization = target.authorization()
                .map(words -> "wrk.headers[\"Authorization\"] = \"" + words + "\"\n")
                .orElse("");
        return "wrk.method = \"POST\"\nwrk.headers[\"Content-Type\"] = \"application/json\"\n" + authorization
                + "wrk.body = [==[" + new String(
                        RpcRequests.getMiningInfo(RpcId.of(1)), StandardCharsets.UTF_8)
                + "]==]\n";
    }
}
