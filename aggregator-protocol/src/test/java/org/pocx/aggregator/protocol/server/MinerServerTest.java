package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;
import org.pocx.aggregator.protocol.Samples;

@Timeout(180)
class MinerServerTest {
    private static final String GET_INFO = Samples.traffic("get_mining_info.request");
    private static final String SUBMIT = Samples.traffic("submit_nonce.request");

    private final FakeMiningService service = new FakeMiningService();
    private volatile Readiness readiness = new Readiness(Optional.empty(), Optional.empty());
    private MinerServer server;
    private RawHttpClient client;

    @BeforeEach
    void start() throws IOException {
        server = MinerServer.start(
                new MinerServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "pocx-aggregator",
                        "1.2.3"),
                service,
                () -> readiness,
                () -> "{\"stats\":1}".getBytes(UTF_8));
        client = new RawHttpClient(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private String rpc(String body) throws IOException {
        RawHttpResponse answer = client.exchange(RawHttpClient.post(body));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("content-type", "application/json");
        return answer.body();
    }

    private void assertUsable() throws IOException {
        assertThat(rpc(GET_INFO)).isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    // --- the stock miner's traffic

    @Test
    void capturedPoll_isAnsweredByteForByte() throws IOException {
        String head = String.join(
                "\r\n",
                "POST / HTTP/1.1",
                "content-type: application/json",
                "accept: */*",
                "user-agent: PoCX-Miner/1.0.0",
                "host: 127.0.0.1:18090",
                "content-length: 100",
                "",
                "");
        assertThat(client.exchange(head + GET_INFO).body()).isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void capturedSubmission_isTakenAndAnsweredByteForByte() throws IOException {
        assertThat(rpc(SUBMIT)).isEqualTo(Samples.traffic("submit_nonce.answer"));
        assertThat(service.submissions).containsExactly(Samples.submission());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pocx", "//", "///", "/pocx/", "//pocx", "//pocx//"})
    void olderPathAndFurtherSlashes_areServedToo(String path) throws IOException {
        assertThat(client.exchange(RawHttpClient.post(path, GET_INFO)).body())
                .isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void nameInTheRequest_isPartOfTheMachine() throws IOException {
        client.exchange(RawHttpClient.post("/", GET_INFO, "X-Miner: rig-01", "X-Minername: other"));
        client.exchange(RawHttpClient.post("/", SUBMIT, "x-minername: <b>\"rig\"/2"));
        client.exchange(RawHttpClient.post("/", GET_INFO, "Authorization: Basic cmlnOnNlY3JldA=="));
        client.exchange(RawHttpClient.post("/", GET_INFO, "X-Miner: " + "a".repeat(65)));

        assertThat(service.miners)
                .extracting(MinerId::id)
                .containsExactly(
                        "127.0.0.1/rig-01",
                        "127.0.0.1/<b>\"rig\"/2",
                        "127.0.0.1/rig",
                        "127.0.0.1/" + "a".repeat(51) + "~c39589a7d416");
    }

    @Test
    void nameBeyond256_isTheBareAddress() throws IOException {
        for (int i = 0; i < 257; i++) {
            client.exchange(RawHttpClient.post("/", GET_INFO, "X-Miner: rig" + i));
        }

        assertThat(service.miners.subList(255, 257))
                .extracting(MinerId::id)
                .containsExactly("127.0.0.1/rig255", "127.0.0.1");
    }

    @Test
    void keptAliveConnection_answersAgainAndAgain() throws IOException {
        for (int i = 0; i < 50; i++) {
            assertUsable();
        }
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws IOException {
        String all = IntStream.range(0, 20)
                .mapToObj(i -> RawHttpClient.post("{\"id\":" + i + ",\"method\":\"x\"}"))
                .collect(Collectors.joining());
        client.send(all);
        for (int i = 0; i < 20; i++) {
            assertThat(client.read().body()).endsWith("\"id\":" + i + "}");
        }
    }

    @Test
    void chunkedBody_isRead() throws IOException {
        int half = 40;
        client.send("POST / HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n"
                + Integer.toHexString(half) + "\r\n" + GET_INFO.substring(0, half) + "\r\n"
                + Integer.toHexString(GET_INFO.length() - half) + "\r\n" + GET_INFO.substring(half) + "\r\n0\r\n\r\n");
        assertThat(client.read().body()).isEqualTo(Samples.traffic("get_mining_info.answer"));
        assertUsable();
    }

    @Test
    void expectContinue_isObeyed() throws IOException {
        client.send("POST / HTTP/1.1\r\nhost: test\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(100);
        assertThat(client.exchange(GET_INFO).body()).isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void anyContentType_isTaken() throws IOException {
        assertThat(client.exchange(RawHttpClient.post("/", GET_INFO, "content-type: text/plain")).status())
                .isEqualTo(200);
    }

    @Test
    void miner_isKnownByItsAddress() throws IOException {
        rpc(GET_INFO);
        assertThat(service.miners).containsExactly(new MinerId("127.0.0.1", ""));
    }

    @Test
    void changedMiningInfo_isAnsweredAnew() throws IOException {
        assertUsable();
        service.infos = () -> new MiningInfo(Samples.SIGNATURE, 1, 77, Samples.BLOCK_HASH);
        assertThat(rpc(GET_INFO)).contains("\"base_target\":1,\"height\":77,");
    }

    @Test
    void extras_reachTheMiner() throws IOException {
        service.infos = () -> new MiningInfo(
                Samples.SIGNATURE, 1, 77, Samples.BLOCK_HASH, -1, 1, 1, Map.of("pool", "{\"fee\":1.50}"));
        assertThat(rpc(GET_INFO)).contains(",\"pool\":{\"fee\":1.50}},\"id\":");
    }

    // --- JSON-RPC

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e3", "18446744073709551616", "null", "\"x\\\"y\"", "\"é\""})
    void id_isEchoedAsItCame(String id) throws IOException {
        assertThat(rpc("{\"id\":" + id + ",\"method\":\"get_mining_info\"}")).endsWith(",\"id\":" + id + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"method\":\"get_mining_info\",\"id\":1,\"params\":[]} | \"result\"",
        "{\"method\":\"get_mining_info\",\"id\":1} | \"result\"",
        "{\"method\":\"other\",\"id\":1} | \"code\":-32601",
        "{\"id\":1} | \"code\":-32600",
        "{\"jsonrpc\":\"1.0\",\"method\":\"get_mining_info\",\"id\":1} | \"code\":-32600",
        "{\"method\":\"submit_nonce\",\"id\":1} | \"data\":{\"field\":\"params\"}",
        "{\"method\":\"submit_nonce\",\"params\":{},\"id\":1} | \"data\":{\"field\":\"block_hash\"}",
        "{\"id\":1, | \"code\":-32700",
        "[] | \"code\":-32600"
    })
    void request_isAnsweredWith(String body, String expected) throws IOException {
        assertThat(rpc(body)).contains(expected);
        assertUsable();
    }

    @Test
    void invalidUtf8_isParseErrorAndTheConnectionStaysUsable() throws IOException {
        client.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 4\r\n\r\n".getBytes(UTF_8));
        client.send(new byte[] {'"', (byte) 0xFF, (byte) 0xFE, '"'});
        assertThat(client.read().body()).contains("\"code\":-32700");
        assertUsable();
    }

    @Test
    void emptyBody_isParseError() throws IOException {
        assertThat(rpc("")).contains("\"code\":-32700").endsWith("\"id\":null}");
        assertUsable();
    }

    @Test
    void notification_isCarriedOutAndNotAnswered() throws IOException {
        RawHttpResponse answer = client.exchange(RawHttpClient.post(SUBMIT.replaceFirst(",\"id\":\"[^\"]*\"", "")));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(service.submissions).containsExactly(Samples.submission());
        assertUsable();
    }

    @Test
    void batch_isAnsweredInOrderWithoutItsNotifications() throws IOException {
        String batch = "[{\"id\":1,\"method\":\"x\"},{\"method\":\"get_mining_info\"},7," + SUBMIT + "]";
        assertThat(rpc(batch))
                .startsWith("[{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,")
                .contains("\"id\":1},{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,")
                .endsWith("\"id\":null}," + Samples.traffic("submit_nonce.answer") + "]");
    }

    @Test
    void batchOfNotifications_isNotAnswered() throws IOException {
        assertThat(client.exchange(RawHttpClient.post("[{\"method\":\"x\"},{\"method\":\"y\"}]")).status())
                .isEqualTo(204);
    }

    @Test
    void batchMembers_runSideBySide() throws IOException {
        CyclicBarrier all = new CyclicBarrier(100);
        service.infos = () -> {
            try {
                all.await(60, TimeUnit.SECONDS);
            } catch (Exception alone) {
                throw new IllegalStateException(alone);
            }
            return Samples.miningInfo();
        };
        String batch = IntStream.range(0, 100)
                .mapToObj(i -> "{\"id\":" + i + ",\"method\":\"get_mining_info\"}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(rpc(batch)).doesNotContain("error");
    }

    // --- refusals of the aggregator

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "unknown | {\"code\":-32003,\"message\":\"Stale submission: block_hash is none of the last 3 rounds\"}",
        "height | {\"code\":-32002,\"message\":\"Wrong height: expected 18446744073709551615, submitted 4\","
                + "\"data\":{\"expected\":18446744073709551615,\"submitted\":4}}",
        "mismatch | {\"code\":-32001,\"message\":\"Invalid submission: base_target does not match the round\","
                + "\"data\":{\"field\":\"base_target\","
                + "\"reason\":\"unexpected base_target for this block hash, stale submission?\"}}"
    })
    void refusal_hasItsCodeAndData(String which, String error) throws IOException {
        service.verdicts = submission -> switch (which) {
            case "unknown" -> new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND);
            case "height" -> new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_HEIGHT, -1, 4);
            default -> new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_BASE_TARGET);
        };
        assertThat(rpc(SUBMIT))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":" + error
                        + ",\"id\":\"0561fedf-f6fc-4755-ba9d-dfe07d47523b\"}");
    }

    @Test
    void unavailableMiningInfo_isServerError() throws IOException {
        service.infos = () -> new MiningInfoUnavailable("the upstream is away");
        assertThat(rpc(GET_INFO)).contains("\"error\":{\"code\":-32000,\"message\":\"the upstream is away\"}");
    }

    @Test
    void noAnswer_closesTheConnectionWithoutAByte() throws IOException {
        service.verdicts = submission -> new NoAnswer("the store is full");
        assertThat(client.send(RawHttpClient.post(SUBMIT)).isClosed()).isTrue();
    }

    @Test
    void noAnswerInABatch_dropsTheWhole() throws IOException {
        service.verdicts = submission -> new NoAnswer("the store is full");
        assertThat(client.send(RawHttpClient.post("[" + GET_INFO + "," + SUBMIT + "]")).isClosed())
                .isTrue();
    }

    @Test
    void noAnswerToANotification_closesTheConnection() throws IOException {
        service.verdicts = submission -> new NoAnswer("the store is full");
        String notification = SUBMIT.replaceFirst(",\"id\":\"[^\"]*\"", "");
        assertThat(client.send(RawHttpClient.post(notification)).isClosed()).isTrue();
    }

    @Test
    void faultInSubmit_closesTheConnectionSoThatTheMinerSendsAgain() throws IOException {
        service.verdicts = submission -> {
            throw new IllegalStateException("a bug, thrown by the test");
        };
        assertThat(client.send(RawHttpClient.post(SUBMIT)).isClosed()).isTrue();
    }

    @Test
    void errorInSubmit_closesTheConnectionToo() throws IOException {
        service.verdicts = submission -> {
            throw new StackOverflowError("a bug, thrown by the test");
        };
        assertThat(client.send(RawHttpClient.post(SUBMIT)).isClosed()).isTrue();
    }

    @Test
    void faultInMiningInfo_closesTheConnectionSoThatTheMinerAsksAgain() throws IOException {
        service.infos = () -> {
            throw new IllegalStateException("a bug, thrown by the test");
        };
        assertThat(client.send(RawHttpClient.post(GET_INFO)).isClosed()).isTrue();
    }

    @Test
    void faultInABatch_answersNoneOfIt() throws IOException {
        service.infos = () -> {
            throw new IllegalStateException("the aggregator is closed");
        };
        assertThat(client.send(RawHttpClient.post("[" + SUBMIT + "," + GET_INFO + "]")).isClosed()).isTrue();
    }

    // --- size

    @Test
    void bodyAtTheLimit_isRead() throws IOException {
        String padding = " ".repeat(AccessRules.DEFAULT_MAX_BODY_BYTES - GET_INFO.length());
        assertThat(rpc(GET_INFO + padding)).isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void declaredLengthBeyondTheLimit_isRefusedBeforeTheBodyComes() throws IOException {
        client.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 99999999999\r\n\r\n");
        RawHttpResponse answer = client.read();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.headers()).containsEntry("connection", "close");
        assertThat(answer.body()).contains("\"code\":-32600").contains("65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {65_537, 5_000_000, 20_000_000})
    void clientThatSendsItsWholeLargeBodyFirst_readsTheRefusal(int size) throws IOException {
        client.send(RawHttpClient.post(" ".repeat(size)));
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void missingRestOfARejectedBody_isWaitedForOnlyALimitedTime() throws IOException {
        client.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 99999999999\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void refusedBodyThatDoesNotEnd_isCutOff() throws IOException {
        client.send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 99999999999\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        byte[] megabyte = new byte[1024 * 1024];
        assertThatThrownBy(() -> {
            while (true) {
                client.send(megabyte);
            }
        }).isInstanceOf(SocketException.class);
    }

    @Test
    void chunkedBodyBeyondTheLimit_isRefused() throws IOException {
        int size = AccessRules.DEFAULT_MAX_BODY_BYTES + 1;
        client.send("POST / HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n" + Integer.toHexString(size)
                + "\r\n" + " ".repeat(size) + "\r\n0\r\n\r\n");
        assertThat(client.read().status()).isEqualTo(413);
        assertThat(client.isClosed()).isTrue();
    }

    // --- routes

    @Test
    void health_isOk() throws IOException {
        RawHttpResponse answer = client.exchange(RawHttpClient.get("/health"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK");
    }

    @Test
    void head_hasTheLengthButNoBody() throws IOException {
        client.send("HEAD /api/info HTTP/1.1\r\nhost: test\r\n\r\n");
        assertThat(client.readHead().headers()).containsEntry("content-length", "44");
        assertUsable();
    }

    @Test
    void info_namesProgramAndVersion() throws IOException {
        assertThat(client.exchange(RawHttpClient.get("/api/info")).body())
                .isEqualTo("{\"name\":\"pocx-aggregator\",\"version\":\"1.2.3\"}");
    }

    @Test
    void ready_is200WithoutProblems() throws IOException {
        RawHttpResponse answer = client.exchange(RawHttpClient.get("/ready"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"ready\":true,\"reasons\":{}}");
    }

    @Test
    void ready_is503WithReasons() throws IOException {
        readiness = new Readiness(Optional.of("a \"quoted\" word"), Optional.of("disk full"));
        RawHttpResponse answer = client.exchange(RawHttpClient.get("/ready"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"ready\":false,\"reasons\":{\"upstream\":\"a \\\"quoted\\\" word\",\"store\":\"disk full\"}}");
    }

    @Test
    void stats_isTheBodyGiven() throws IOException {
        assertThat(client.exchange(RawHttpClient.get("/stats")).body()).isEqualTo("{\"stats\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/pocx/x", "/healthy", "/health/", "/api", "/favicon.ico", "/%2e%2e", "/<script>"})
    void otherPath_is404(String path) throws IOException {
        String sent = path.replace("<", "%3C").replace(">", "%3E");
        RawHttpResponse answer = client.exchange(RawHttpClient.get(sent));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().toLowerCase(Locale.ROOT)).doesNotContain("script");
        assertUsable();
    }

    @ParameterizedTest
    @CsvSource({"GET, /, POST", "PUT, /pocx, POST", "POST, /health, 'GET, HEAD'", "OPTIONS, /, POST",
        "DELETE, /stats, 'GET, HEAD'", "GET, /pocx/, POST", "GET, //, POST"})
    void otherMethod_is405WithAllow(String method, String path, String allow) throws IOException {
        client.send(method + " " + path + " HTTP/1.1\r\nhost: test\r\ncontent-length: 0\r\n\r\n");
        RawHttpResponse answer = client.read();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", allow);
        assertUsable();
    }

    @Test
    void query_isPassedOver() throws IOException {
        assertThat(client.exchange(RawHttpClient.get("/health?x=1")).status()).isEqualTo(200);
    }
}
