package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** The packaged program with 64 MiB of heap and an upstream that means no good, or has lost its mind. */
@Timeout(900)
class HostileUpstreamIT {
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String TOKEN = "hush-hush-token";
    private static final List<String> SMALL = List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError");

    /** Once a minute while a fault lasts, as it may here on a busy machine. */
    private static final Pattern REMINDER = Pattern.compile("does not answer as it should, for \\d+ min now");

    @TempDir private Path folder;

    private HostileUpstream upstream;
    private int port;
    private MiningInfo info = Nonces.round(2_000_001);
    private int nonces;

    @BeforeEach
    void begin() throws IOException {
        upstream = new HostileUpstream(info);
        port = ChildProgram.freePort();
    }

    @AfterEach
    void end() throws IOException {
        upstream.close();
    }

    private ChildProgram serving(String scheme, List<String> options) throws IOException {
        return ChildProgram.servingUnder(
                options,
                folder,
                port,
                """
                server: { listen_address: "127.0.0.1:%d", max_connections: 200 }
                upstream:
                  name: mad-pool
                  url: "%s://localhost:%d/"
                  auth_token: "%s"
                  retry: { base_delay_ms: 50, max_delay_ms: 200 }
                cache: { poll_interval_ms: 100, pool_timeout_secs: 3 }
                database: { path: "hostile.db" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                logging: { file: "" }
                """
                        .formatted(port, scheme, upstream.port(), TOKEN, ChildProgram.freePort()));
    }

    private void awaitInfo(ChildProgram program) {
        program.awaitReady();
    }

    /** The best nonce so far, of an account of its own. */
    private long submit() throws IOException {
        nonces++;
        byte[] body = RpcRequests.submitNonce(
                RpcId.of(nonces), Nonces.nonce(info, nonces, nonces, 1_000_000L - nonces));
        try (RawHttpClient miner = RawHttpClient.local(port)) {
            assertThat(miner.postToRoot(body).body()).contains("\"poc_time\"");
        }
        return nonces;
    }

    /** Whatever the upstream does at that time, or does not: a miner has its answer. */
    private void assertFarmIsServed() throws IOException {
        try (RawHttpClient miner = RawHttpClient.local(port)) {
            assertThat(miner.postToRoot(POLL).body())
                    .contains("\"height\":" + Long.toUnsignedString(info.height()) + ",")
                    .contains(info.blockHash());
        }
    }

    /** Bears one fault: what the farm and the operator see of it, and that nothing is lost. */
    private void bear(ChildProgram program, String words) throws IOException {
        int mark = program.output().length();
        Await.until("it is told", () -> program.output().substring(mark).contains("does not answer as it should"));
        long nonce = submit();
        for (int i = 0; i < 5; i++) {
            assertFarmIsServed();
        }
        assertThat(program.get("/ready").body()).contains("upstream");
        assertThat(upstream.confirmed()).doesNotContain(nonce);
        upstream.getWell();
        Await.until("it is well again", () -> program.output().substring(mark).contains("mad-pool answers after"));
        Await.until("the nonce goes out", () -> upstream.confirmed().contains(nonce));
        List<String> lines = program.output()
                .substring(mark)
                .lines()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .filter(line -> !REMINDER.matcher(line).find())
                .toList();
        assertThat(lines.stream().filter(line -> line.contains("does not answer as it should")).toList())
                .singleElement()
                .asString()
                .contains("mad-pool", ":" + upstream.port(), words)
                .hasSizeLessThan(600);
        assertThat(lines).as("a nonce may have met the fault before a poll did").hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void answersThatAreNone_areBorneAndToldInOneLineEach() throws Exception {
        try (ChildProgram program = serving("http", SMALL)) {
            awaitInfo(program);
            for (UpstreamFault fault : UpstreamFault.values()) {
                upstream.behave(fault.answer());
                bear(program, fault.words());
            }
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("Exception", "\tat ", TOKEN, "OutOfMemory");
        }
    }

    @Test
    void redirect_isNeverFollowedAndSaysWhatToSet() throws Exception {
        try (HostileUpstream other = new HostileUpstream(info);
                ChildProgram program = serving("http", SMALL)) {
            awaitInfo(program);
            for (int status : new int[] {301, 302, 303, 307, 308}) {
                String there = "http://127.0.0.1:" + other.port() + "/new";
                byte[] answer = String.format(
                        Locale.ROOT, "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status, there)
                        .getBytes(StandardCharsets.US_ASCII);
                upstream.behave((out, id) -> out.write(answer));
                bear(program, "HTTP " + status + " redirects to " + there
                        + ", which is not followed; if that is your upstream, set upstream.url to it");
            }
            assertThat(other.requests()).isZero();
            assertThat(program.terminate()).isZero();
        }
    }

    @Test
    void miningInfoOutOfForm_isNotPassedOn() throws Exception {
        String good = "{\"generation_signature\":\"" + Nonces.hash(1) + "\",\"base_target\":7,\"height\":8,"
                + "\"block_hash\":\"" + Nonces.hash(2) + "\"}";
        String[][] faults = {
            {"\"base_target\":7", "\"base_target\":0", "base_target"},
            {"\"base_target\":7", "\"base_target\":18446744073709551616", "base_target"},
            {"\"height\":8", "\"height\":-1", "height"},
            {"\"height\":8", "\"height\":8,\"height\":9", "height is there twice"},
            {"\"height\":8,", "", "height is missing"},
            {Nonces.hash(2), "<script>alert(1)</script>", "block_hash"},
            {Nonces.hash(2), "b".repeat(60_000), "block_hash"},
            {Nonces.hash(1), "a".repeat(63), "generation_signature"},
            {"\"" + Nonces.hash(1) + "\"", "[]", "generation_signature"},
        };
        try (ChildProgram program = serving("http", SMALL)) {
            awaitInfo(program);
            for (String[] fault : faults) {
                String odd = good.replace(fault[0], fault[1]);
                upstream.behave((out, id) -> {});
                upstream.answerPolls(HostileUpstream.json("{\"result\":" + odd + ",\"id\":ID}"));
                bear(program, fault[2]);
            }
            assertThat(program.terminate()).isZero();
        }
    }

    @Test
    void heightsThatJump_areFollowedThereAndBack() throws Exception {
        MiningInfo before = info;
        long[] heights = {1_999_999, 3_000_001, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, 0, 2_000_002};
        try (ChildProgram program = serving("http", SMALL)) {
            awaitInfo(program);
            submit();
            for (int i = 0; i < heights.length; i++) {
                info = new MiningInfo(Nonces.hash(100 + i), before.baseTarget(), heights[i], Nonces.hash(200 + i));
                follow(program);
            }
            info = before;
            follow(program);
            assertThat(program.stats().at("/counts/rejected").asInt()).isZero();
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("ERROR", "Exception", "No verdict", "Rejected");
        }
    }

    private void follow(ChildProgram program) throws IOException {
        upstream.announce(info);
        Await.until("the farm is told", () -> program.post(POLL).body().contains(info.blockHash()));
        long nonce = submit();
        Await.until("its nonce is taken", () -> upstream.confirmed().contains(nonce));
        assertThat(program.get("/stats").statusCode()).isEqualTo(200);
    }

    @Test
    void verdictsThatAreNone_areAskedForAgain() throws Exception {
        String[] bodies = {
            "{\"result\":{\"raw_quality\":\"best\"},\"id\":ID}", "{\"result\":{\"raw_quality\":-1},\"id\":ID}",
            "{\"result\":{\"raw_quality\":1e400},\"id\":ID}", "{\"result\":{\"raw_quality\":{}},\"id\":ID}",
            "{\"result\":[1],\"id\":ID}", "{\"result\":\"accepted\",\"id\":ID}", "{\"result\":{},\"id\":999999}",
            "{\"error\":{\"code\":-26,\"message\":\"PoCX validation failed\"},\"result\":{},\"id\":ID}",
            "{\"error\":{\"code\":-26,\"message\":\"PoCX validation failed\"},\"id\":999999}",
            "{\"error\":\"no\",\"id\":ID}", "[]", ""
        };
        try (ChildProgram program = serving("http", SMALL)) {
            awaitInfo(program);
            for (String body : bodies) {
                upstream.answerSubmissions(HostileUpstream.json(body));
                int before = upstream.requests();
                long nonce = submit();
                Await.until("it was tried", () -> upstream.requests() > before + 2);
                assertFarmIsServed();
                upstream.getWell();
                Await.until("it is confirmed", () -> upstream.confirmed().contains(nonce));
            }
            assertThat(program.terminate()).isZero();
            assertThat(program.output().lines().filter(line -> line.contains("WARN")).toList())
                    .as("one line, and a count when it ends")
                    .hasSizeBetween(1, 3)
                    .allSatisfy(line -> assertThat(line).contains("No verdict of mad-pool yet, the nonce is kept"));
            assertThat(program.output()).doesNotContain("Exception", "Rejected");
        }
    }

    @Test
    void certificates_mustMatch() throws Exception {
        TestAuthority authority = TestAuthority.in(folder);
        SSLContext good = authority.identity("good", "dns:localhost", "-1d");
        upstream.identify(good);
        try (ChildProgram program = serving("https", authority.trusting(SMALL))) {
            awaitInfo(program);
            upstream.behave((out, id) -> {});
            upstream.identify(authority.identity("other", "dns:elsewhere.example", "-1d"));
            bearCertificate(program, good, "its certificate is not valid for the host in upstream.url");
            upstream.identify(authority.identity("old", "dns:localhost", "-40d"));
            bearCertificate(program, good, "its certificate has expired");
            upstream.identify(authority.identity("early", "dns:localhost", "+9d"));
            bearCertificate(program, good, "its certificate is not valid yet");
            upstream.identify(TestAuthority.in(folder).identity("stranger", "dns:localhost", "-1d"));
            bearCertificate(program, good, "its certificate is not signed by an authority that this JVM trusts");
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("Exception", TOKEN);
        }
    }

    /** The connection with the good certificate is ended by its answer, and the next one meets the other certificate. */
    private void bearCertificate(ChildProgram program, SSLContext good, String words) throws Exception {
        Await.until("it is told", () -> program.output().contains(words));
        int requests = upstream.requests();
        long nonce = submit();
        assertFarmIsServed();
        assertThat(upstream.requests()).as("nothing is sent to whom nobody knows").isEqualTo(requests);
        upstream.identify(good);
        upstream.getWell();
        Await.until("the nonce goes out", () -> upstream.confirmed().contains(nonce));
        assertThat(program.output().lines()
                .filter(line -> line.contains(words) && !REMINDER.matcher(line).find())
                .toList())
                .singleElement()
                .asString()
                .contains("mad-pool", "https://localhost:" + upstream.port());
        upstream.behave((out, id) -> {});
    }
}
