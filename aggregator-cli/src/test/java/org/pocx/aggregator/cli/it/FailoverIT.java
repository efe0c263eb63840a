package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.it.FailingUpstream.UpstreamMode;
import org.pocx.aggregator.core.testkit.Await;

/**
 * The packaged program with two upstreams that fail: it switches, returns, and loses nothing, also when it is killed in the
 * middle. Compares the receipts of a miner with what the upstreams accepted, and writes the figures to
 * {@code target/failover.txt}.
 */
final class FailoverIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int ACCOUNTS = 20;
    private static final Path FIGURES = Path.of("target", "failover.txt");

    @TempDir private Path folder;

    private final FailingUpstream home;
    private final FailingUpstream second;
    private final int port;
    private final int dashboardPort;

    /** By account: the last nonce of which the miner has the receipt, which is the best one. */
    private final Map<Integer, Long> receipts = new TreeMap<>();

    private ChildProgram program;
    private int number;

    FailoverIT() throws IOException {
        home = new FailingUpstream();
        second = new FailingUpstream();
        port = ChildProgram.freePort();
        dashboardPort = ChildProgram.freePort();
    }

    @BeforeEach
    void startProgram() throws IOException {
        program = ChildProgram.serving(folder, port, yaml(true));
        awaitState("home", "ok");
        awaitState("second", "ok");
    }

    @AfterEach
    void stopAll() {
        program.close();
        home.close();
        second.close();
    }

    private String yaml(boolean withBackup) {
        String backups = withBackup ? "[{name: second, url: \"" + second.uri() + "\"}]" : "[]";
        return """
                server: {listen_address: "127.0.0.1:%d"}
                upstream:
                  name: home
                  url: "%s"
                  backups: %s
                  failover: {after_secs: 2, return_after_secs: 3}
                  retry: {base_delay_ms: 200, max_delay_ms: 1000}
                cache: {poll_interval_ms: 200}
                dashboard: {listen_address: "127.0.0.1:%d"}
                """.formatted(port, home.uri(), backups, dashboardPort);
    }

    private String get(String path) {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dashboardPort + path)).build(),
                    BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitActive(String name) {
        Await.until(name + " is active", () -> get("/api/upstreams").contains("\"" + name + "\",\"active\":true"));
    }

    private void awaitState(String name, String state) {
        Await.until(name + " is " + state, () -> get("/api/upstreams")
                .matches("(?s).*\"" + name + "\",\"active\":(true|false),\"state\":\"" + state + "\".*"));
    }

    /** Each account sends a nonce that is better than its last one, and has its receipt. */
    private void mine() throws Exception {
        for (int i = 0; i < ACCOUNTS; i++) {
            number++;
            String answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                            .POST(BodyPublishers.ofString(Submissions.improvement(number)))
                            .build(),
                    BodyHandlers.ofString()).body();
            assertThat(answer).contains("raw_quality");
            receipts.put(number % ACCOUNTS, (long) number);
        }
    }

    private void awaitDelivered(FailingUpstream upstream) {
        Await.until("all bests have arrived", () -> upstream.accepted().keySet().containsAll(receipts.values()));
    }

    private void note(String fault, FailingUpstream target, long nanos) throws IOException {
        long lost = receipts.values().stream()
                .filter(nonce -> !target.accepted().containsKey(nonce))
                .count();
        long twice = target.accepted().values().stream().mapToInt(times -> times - 1).sum();
        List<String> lines = new ArrayList<>(
                Files.exists(FIGURES)
                        ? Files.readAllLines(FIGURES)
                        : List.of("fault | to the switch | receipts | bests |"
                                + " delivered | lost | sent twice to one upstream"));
        lines.add(String.join(" | ", fault, nanos < 0 ? "-" : Duration.ofNanos(nanos).toMillis() + " ms", number + "",
                receipts.size() + "", receipts.size() - lost + "", lost + "", twice + ""));
        Files.createDirectories(FIGURES.getParent());
        Files.write(FIGURES, lines);
        assertThat(lost).isZero();
    }

    @Test
    void preferredIsKilled_pendingAndConfirmedReachTheOther_andItReturns() throws Exception {
        mine();
        awaitDelivered(home);
        long begun = System.nanoTime();
        home.stop();
        mine();

        awaitActive("second");
        long switched = System.nanoTime() - begun;
        awaitDelivered(second);
        note("preferred is killed", second, switched);
        assertThat(program.output()).contains("Switched from upstream home to second: no good mining info for 2 s");
        assertThat(get("/metrics")).contains("pocx_upstream_active{upstream=\"second\"} 1.0");
        assertThat(get("/stats"))
                .contains("\"upstreams\":[{\"name\":\"home\",\"active\":false,\"state\":\"unreachable\"");
        Await.until("the switch is in the history", () -> get("/api/events").contains("upstream_switched"));

        mine();
        begun = System.nanoTime();
        home.start();
        awaitActive("home");
        switched = System.nanoTime() - begun;
        awaitDelivered(home);
        note("preferred is back", home, switched);
        assertThat(program.output()).contains("Returned from upstream second to home");
    }

    @Test
    void preferredAnswersPollsAndRefusesNonces_switchesOnce() throws Exception {
        home.mode(UpstreamMode.REFUSES_NONCES);
        long begun = System.nanoTime();
        mine();

        awaitActive("second");
        long switched = System.nanoTime() - begun;
        awaitDelivered(second);
        note("preferred refuses nonces", second, switched);
        awaitState("home", "not forwarding");
        home.mode(UpstreamMode.WORKS);
        awaitActive("home");
        awaitDelivered(home);
    }

    /** With one upstream, a receipt that does not wait for the disk would not be noticed: the upstream has the nonce. */
    @Test
    void programIsKilledInTheMiddle_nothingIsLost() throws Exception {
        mine();
        awaitDelivered(home);
        home.mode(UpstreamMode.DOWN);
        mine();
        program.kill();

        program = ChildProgram.serving(folder, port, yaml(true));
        awaitActive("second");
        awaitDelivered(second);
        note("kill -9 before the switch", second, -1);

        mine();
        program.kill();
        home.mode(UpstreamMode.WORKS);
        program = ChildProgram.serving(folder, port, yaml(true));
        awaitDelivered(home);
        note("kill -9 after the switch", home, -1);
    }

    @Test
    void backupIsAddedBySighup_andTakesOver() throws Exception {
        program.close();
        program = ChildProgram.serving(folder, port, yaml(false));
        home.mode(UpstreamMode.REFUSES_NONCES);
        mine();
        Files.writeString(folder.resolve("aggregator_config.yaml"), yaml(true));
        program.hangUp();

        awaitActive("second");
        awaitDelivered(second);
        note("backup is added while the only one refuses nonces", second, -1);
        assertThat(program.output()).contains("applied: upstream.backups");
    }
}
