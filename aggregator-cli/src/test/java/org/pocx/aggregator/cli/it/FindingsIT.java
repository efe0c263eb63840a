package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;

/** Lost capacity and overlapping plot files, from the miners' requests to log, API and metrics of the packaged program. */
class FindingsIT {
    private static final String RIG = "127.0.0.1/rig-1";
    private static final String RIG_IN_PATH = "127.0.0.1%2Frig-1";
    private static final double TIB = 100;

    /** A quarter of the configured capacity: far below half, so that few rounds suffice. */
    private static final long LOW_QUALITY = (long) (0x1p42 / (TIB / 4));

    private static final String ACCEPTED =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":1,\"poc_time\":92},\"id\":ID}";
    private static final int ROUNDS = 40;

    @TempDir private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private ScriptedUpstream chain;
    private int port;
    private int dashboard;
    private int height = 100;
    private long nonce;

    @BeforeEach
    void startChain() throws IOException {
        chain = new ScriptedUpstream(0, info(), ACCEPTED);
        port = ChildProgram.freePort();
        dashboard = ChildProgram.freePort();
    }

    @AfterEach
    void stopChain() {
        chain.close();
        client.close();
    }

    private MiningInfo round() {
        return Nonces.round(height);
    }

    private String info() {
        return "{\"jsonrpc\":\"2.0\",\"result\":{\"generation_signature\":\"%s\",\"base_target\":%d,\"height\":%d,\"block_hash\":\"%s\"},\"id\":ID}"
                .formatted(
                        round().generationSignature(), round().baseTarget(), height, round().blockHash());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private String rpc(String from, String miner, String method, String params) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("X-Miner", miner)
                .header("X-Forwarded-For", from)
                .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"" + method
                        + "\",\"params\":" + params + "}"))
                .build())
                .body();
    }

    private String poll(String from, String miner) {
        return rpc(from, miner, "get_mining_info", "{}");
    }

    private void submit(String from, String miner, long number, long rawQuality) {
        String answer = rpc(from, miner, "submit_nonce",
                ("{\"block_hash\":\"%s\",\"height\":%d,\"generation_signature\":\"%s\",\"base_target\":%d,\"account_id\":\"%s\","
                        + "\"seed\":\"%s\",\"nonce\":%d,\"compression\":1,\"raw_quality\":%d}")
                        .formatted(
                                round().blockHash(),
                                height,
                                round().generationSignature(),
                                round().baseTarget(),
                                Nonces.account(1),
                                Nonces.hash(77),
                                number,
                                rawQuality));
        assertThat(answer).contains("\"result\"");
    }

    private JsonNode api(String path) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dashboard + path)).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ChildProgram.json(answer.body());
    }

    /** Mines rounds until something is found; each lasts for some polls. */
    private void mineUntil(String what, BooleanSupplier found) {
        for (int i = 0; i < ROUNDS && !found.getAsBoolean(); i++) {
            mineRound();
        }
        assertThat(found.getAsBoolean()).as(what).isTrue();
    }

    private void mineRound() {
        height++;
        chain.info(info());
        Await.until("the round is there", () -> poll("127.0.0.1", "rig-1").contains(round().blockHash()));
        submit("127.0.0.1", "rig-1", ++nonce, LOW_QUALITY);
        for (int i = 0; i < 40; i++) {
            poll("127.0.0.1", "rig-1");
        }
    }

    private boolean isDropped() {
        return !api("/api/machines").at("/items/0/capacityDrop").isNull();
    }

    @Test
    void lostCapacity_isReported_alsoAfterARestart_andResetByTheOwner() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            for (int i = 0; i < 11; i++) {
                mineRound();
            }
            program.terminate();
        }
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            mineUntil("the loss is reported", this::isDropped);

            JsonNode drop = api("/api/machines/" + RIG_IN_PATH + "/capacity").get("capacityDrop");
            assertThat(drop.get("baselineTib").asDouble()).isEqualTo(TIB);
            assertThat(drop.get("measuredTib").asDouble()).isBetween(TIB / 5, TIB / 3);
            assertThat(drop.get("missing").asDouble()).isEqualTo(0.5);
            assertThat(drop.get("source").asText()).isEqualTo("configured");
            assertThat(api("/api/events?kind=capacity_dropped").at("/items/0/machineId").asText())
                    .isEqualTo(RIG);
            Await.until("it is logged", () -> program.output().contains("Machine " + RIG + ": capacity dropped to "));
            assertThat(reset("http://evil.example")).isEqualTo(403);
            assertThat(isDropped()).isTrue();
            assertThat(reset("http://127.0.0.1:" + dashboard)).isEqualTo(204);
            Await.until("it is reset", () -> !isDropped());
        }
    }

    private int reset(String origin) {
        return send(HttpRequest.newBuilder(URI.create(
                "http://127.0.0.1:" + dashboard + "/api/machines/" + RIG_IN_PATH + "/baseline"))
                .header("Origin", origin)
                .POST(BodyPublishers.noBody())
                .build())
                .statusCode();
    }

    @Test
    void twoMachinesWithEqualNonces_areReportedAsOverlap_alsoAfterARestart() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            for (int i = 0; i < 2; i++) {
                share("10.0.0.7", "10.0.0.8");
            }
            Await.until("it is reported", () -> api("/api/overlaps").get("items").size() == 1);
            assertOverlap();
            Await.until(
                    "it is logged",
                    () -> program.output().contains("Plot files overlap: machines 10.0.0.7/left and 10.0.0.8/right"));
            program.terminate();
        }
        try (ChildProgram program = ChildProgram.serving(folder, port, config())) {
            program.awaitReady();
            assertOverlap();
        }
    }

    private void assertOverlap() {
        JsonNode overlap = api("/api/overlaps").at("/items/0");
        assertThat(overlap.get("machineA").asText()).isEqualTo("10.0.0.7/left");
        assertThat(overlap.get("machineB").asText()).isEqualTo("10.0.0.8/right");
        assertThat(overlap.get("nonces").asInt()).isGreaterThanOrEqualTo(3);
        assertThat(overlap.get("rounds").asInt()).isEqualTo(2);
    }

    /** A round in which both send two equal nonces, and each one another. */
    private void share(String a, String b) {
        height++;
        chain.info(info());
        Await.until("the round is there", () -> poll(a, "left").contains(round().blockHash()));
        poll(b, "right");
        submit(a, "left", ++nonce, 9_000);
        submit(b, "right", ++nonce, 9_001);
        for (int i = 0; i < 2; i++) {
            nonce++;
            submit(a, "left", nonce, 8_000 - i);
            submit(b, "right", nonce, 8_000 - i);
        }
    }

    private String config() {
        return """
                server:
                  listen_address: "127.0.0.1:%d"
                  trusted_proxies: ["127.0.0.1"]
                upstream:
                  url: "%s"
                  block_time_secs: 10
                cache:
                  poll_interval_ms: 50
                database:
                  path: "findings.db"
                machines:
                  "%s": { capacity_tib: %.0f }
                dashboard:
                  enabled: true
                  listen_address: "127.0.0.1:%d"
                """
                .formatted(port, chain.uri(), RIG, TIB, dashboard);
    }
}
