package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** The packaged program computes proofs: in the background, and before a nonce of a new machine is sent. */
class VerificationIT {
    private static final String ACCOUNT = "c7c41fe38245d1a42b45f512bce94aa4e594217b";
    private static final String SEED = "874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651";
    private static final String SIGNATURE = "3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227";

    /** The quality of nonce 0, by the reference (proof.csv). */
    private static final long TRUE_QUALITY = 4_982_342_310_631_687_310L;

    /** The poc_time of all claims is minutes. */
    private static final String INFO = """
            {"jsonrpc":"2.0","result":{"generation_signature":"%s","base_target":1000000000000000,"height":0,\
            "block_hash":"%s","minimum_compression_level":0,"target_compression_level":1},"id":ID}"""
            .formatted(SIGNATURE, "b0".repeat(32));

    private static final String ACCEPTED =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":" + TRUE_QUALITY + ",\"poc_time\":60},\"id\":ID}";
    private static final String REJECTED =
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"Invalid submission\"},\"id\":ID}";

    @TempDir private Path folder;

    private ScriptedUpstream upstream;
    private ChildProgram program;
    private String dashboard;

    @BeforeEach
    void startUpstream() throws IOException {
        upstream = new ScriptedUpstream(0, INFO, ACCEPTED);
    }

    @AfterEach
    void stop() {
        program.close();
        upstream.close();
    }

    private void start(String verification) throws IOException {
        int port = ChildProgram.freePort();
        int other = ChildProgram.freePort();
        dashboard = "http://127.0.0.1:" + other;
        program = ChildProgram.serving(
                folder,
                port,
                """
                        listen_address: "127.0.0.1:%d"
                        upstream: { url: "%s" }
                        cache: { poll_interval_ms: 50 }
                        database: { path: "farm.db" }
                        dashboard: { listen_address: "127.0.0.1:%d" }
                        verification: %s
                        logging: { file: "" }
                        """
                        .formatted(port, upstream.uri(), other, verification));
        program.awaitReady();
    }

    private String submit(long nonce, long claim) {
        return program.post("""
                {"jsonrpc":"2.0","method":"submit_nonce","id":1,"params":{"block_hash":"%s","height":0,\
                "generation_signature":"%s","base_target":1000000000000000,"account_id":"%s","seed":"%s","nonce":%d,\
                "compression":0,"raw_quality":%d}}"""
                .formatted("b0".repeat(32), SIGNATURE, ACCOUNT, SEED, nonce, claim))
                .body();
    }

    private JsonNode read(String path) {
        return ChildProgram.json(program.get(dashboard + path).body());
    }

    private JsonNode machine() {
        return program.stats().at("/machines/0");
    }

    @Test
    void audit_findsTheBadPlotAmongNoncesThatWereNotSent() throws IOException {
        start("{ mode: audit, cpu_percent: 100 }");
        submit(0, TRUE_QUALITY);
        Await.until("the true one is confirmed", () -> machine().at("/counts/confirmed").asInt() == 1);

        submit(1, TRUE_QUALITY + 1);
        Await.until("the plot is found", () -> read("/api/plots").at("/total").asInt() == 1);

        JsonNode plot = read("/api/plots").at("/items/0");
        assertThat(plot.get("machineId").asText()).isEqualTo("127.0.0.1");
        assertThat(plot.get("accountId").asText()).isEqualTo(ACCOUNT);
        assertThat(plot.get("seed").asText()).isEqualTo(SEED);
        assertThat(plot.get("firstBadNonce").asLong()).isEqualTo(1);
        assertThat(plot.get("lastBadNonce").asLong()).isEqualTo(1);
        assertThat(plot.get("bad").asLong()).isEqualTo(1);
        Await.until("it is in the log", () -> program.output().contains("Bad plot: machine 127.0.0.1"));
        assertThat(program.output()).contains("account " + ACCOUNT + ", seed " + SEED + ", nonce 1,");
        Await.until("the event is recorded", () -> read("/api/events?kind=bad_plot").at("/items").size() == 1);
        Await.until("its machine was verified", () -> machine().get("verifiedSecsAgo").isNumber());
        Await.until(
                "the metrics have it",
                () -> program.get(dashboard + "/metrics").body().contains("pocx_bad_plots 1.0"));
    }

    @Test
    void audit_sendsTheFalseClaim_andChecksItAfterItsRejection() throws IOException {
        start("{ mode: audit, cpu_percent: 100 }");
        upstream.verdict(REJECTED);
        submit(0, TRUE_QUALITY - 1);

        Await.until("it is checked", () -> read("/api/plots").at("/total").asInt() == 1);

        assertThat(upstream.submissions()).hasSize(1);
    }

    /** On a busy machine the time for a verification may be over: then the next one is tried. */
    @Test
    void gate_doesNotSendAFalseClaim_andItsMachineIsSuspectAtOnce() throws IOException {
        start("{ mode: gate }");
        upstream.verdict(REJECTED);
        long[] tried = {0};

        Await.until("a false claim is found before it is sent", () -> {
            tried[0]++;
            assertThat(submit(tried[0], TRUE_QUALITY - tried[0])).contains("\"raw_quality\":");
            Await.until("it is rejected", () -> machine().at("/counts/rejected").asInt() == tried[0]);
            return machine().get("lastRejection").asText().startsWith("verified before it was sent: claimed");
        });

        assertThat(upstream.submissions()).hasSize((int) tried[0] - 1);
        assertThat(machine().get("suspect").asBoolean()).isTrue();
        assertThat(machine().at("/counts/received").asInt()).isEqualTo((int) tried[0]);
        Await.until("the plot is found", () -> read("/api/plots").at("/total").asInt() == 1);
        Await.until("it is in the log", () -> program.output().contains("Not sent to "));
    }

    @Test
    void gate_sendsATrueClaim() throws IOException {
        start("{ mode: gate }");

        assertThat(submit(0, TRUE_QUALITY)).contains("\"raw_quality\":" + TRUE_QUALITY);

        Await.until("it is confirmed", () -> machine().at("/counts/confirmed").asInt() == 1);
        assertThat(upstream.submissions()).hasSize(1);
        assertThat(read("/api/plots").at("/items")).isEqualTo(ChildProgram.json("[]"));
    }

    @Test
    void off_computesNothing() throws IOException {
        start("{ mode: off }");
        upstream.verdict(REJECTED);
        submit(0, TRUE_QUALITY - 1);
        Await.until("it is rejected", () -> machine().at("/counts/rejected").asInt() == 1);

        assertThat(machine().get("verifiedSecsAgo").isNull()).isTrue();
        assertThat(machine().get("verificationIntervalSecs").isNull()).isTrue();
        assertThat(List.of(read("/api/plots").at("/total").asInt())).containsExactly(0);
    }
}
