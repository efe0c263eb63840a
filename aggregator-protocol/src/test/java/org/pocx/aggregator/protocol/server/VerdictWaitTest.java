package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;
import org.pocx.aggregator.protocol.Samples;

/** The preference {@code wait} over HTTP: what is answered, who may wait, and when a wait ends. */
@Timeout(180)
class VerdictWaitTest {
    private static final String GET_INFO = Samples.traffic("get_mining_info.request");
    private static final String SUBMIT = Samples.traffic("submit_nonce.request");
    private static final String HELD = "\"code\":-32006,\"message\":\"Held: the upstream has not answered yet;"
            + " the nonce is kept and forwarded\"";

    private final FakeMiningService service = new FakeMiningService();
    private final List<RawHttpClient> clients = new ArrayList<>();
    private MinerServer server;

    @BeforeEach
    void start() {
        start(20_000);
    }

    private void start(int maxConnections) {
        AccessRules rules = new AccessRules(
                MinerLogins.NONE,
                List.of(),
                List.of(Network.parse("127.0.0.0/8").orElseThrow()),
                maxConnections,
                0,
                0,
                AccessRules.DEFAULT_MAX_BODY_BYTES);
        server = MinerServer.start(
                new MinerServerSettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "name", "1")
                        .withRules(rules),
                service,
                () -> new Readiness(Optional.empty(), Optional.empty()));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttpClient client : clients) {
            client.close();
        }
        server.close();
    }

    private RawHttpClient client() throws IOException {
        RawHttpClient client = new RawHttpClient(server.address());
        clients.add(client);
        return client;
    }

    private static String submit(String wait, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Prefer: wait=" + wait);
        return RawHttpClient.post("/", SUBMIT, all.toArray(String[]::new));
    }

    /** Opens a connection with a request that waits. */
    private RawHttpClient waiting(String peer) throws IOException {
        return client().send(submit("20", "X-Forwarded-For: " + peer));
    }

    private void awaitWaiting(int count) {
        Await.until(count + " requests wait", () -> server.waitingRequests() == count);
    }

    private void decide(VerdictAnswer answer) {
        service.decisions = verdict -> verdict.complete(answer);
    }

    private String answered(VerdictAnswer answer) throws IOException {
        decide(answer);
        RawHttpResponse response = client().exchange(submit("5"));
        assertVerdict(response);
        return response.body();
    }

    private static void assertVerdict(RawHttpResponse response) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("preference-applied", "wait");
    }

    // --- what is answered

    @Test
    void confirmedNonce_hasTheConfirmedQuality() throws IOException {
        assertThat(answered(new VerdictAnswer.Confirmed(new SubmissionReceipt(-1, 77))))
                .contains("\"result\":{\"raw_quality\":18446744073709551615,\"poc_time\":77}");
    }

    @Test
    void filteredNonce_isASuccessThatSaysSo() throws IOException {
        assertThat(answered(new VerdictAnswer.Filtered(new SubmissionReceipt(5, 77))))
                .contains("\"result\":{\"raw_quality\":5,\"poc_time\":77,\"filtered\":true}");
    }

    @Test
    void rejectedNonce_hasTheUpstreamsCodeAndMessage() throws IOException {
        assertThat(answered(new VerdictAnswer.Rejected(new UpstreamMessage("PoCX validation failed", "-26"))))
                .contains("\"error\":{\"code\":-26,\"message\":\"PoCX validation failed\"}");
    }

    @Test
    void rejectionWithoutACode_isAnInvalidSubmission() throws IOException {
        assertThat(answered(new VerdictAnswer.Rejected(UpstreamMessage.of("not accepted"))))
                .contains("\"error\":{\"code\":-32001,\"message\":\"not accepted\"}");
    }

    @Test
    void refusedAccount_hasTheUpstreamsCodeAndMessage() throws IOException {
        assertThat(answered(new VerdictAnswer.AccountRefused(new UpstreamMessage("No private key available", "-5"))))
                .contains("\"error\":{\"code\":-5,\"message\":\"No private key available\"}");
        assertThat(answered(new VerdictAnswer.AccountRefused(UpstreamMessage.NONE))).contains("\"code\":-32007");
    }

    @Test
    void staleNonce_isAnsweredSo() throws IOException {
        assertThat(answered(new VerdictAnswer.Stale())).contains("\"code\":-32003,\"message\":\"Stale submission\"");
    }

    @Test
    void nonceOfAnUnknownRound_isStale() throws IOException {
        service.verdicts = nonce -> new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND);

        RawHttpResponse response = client().exchange(submit("5"));

        assertVerdict(response);
        assertThat(response.body()).contains("\"code\":-32003");
    }

    @Test
    void nonceThatCannotBeTaken_isNotAnswered() throws IOException {
        service.verdicts = nonce -> new NoAnswer("not durable");

        assertThat(client().send(submit("5")).isClosed()).isTrue();
    }

    @Test
    void nonceWithoutAVerdictInTime_isHeld_andNobodyWaitsForItAnyLonger() throws IOException {
        RawHttpResponse response = client().exchange(submit("1"));

        assertVerdict(response);
        assertThat(response.body()).contains(HELD);
        assertThat(service.awaited).singleElement().satisfies(verdict -> assertThat(verdict).isDone());
        assertThat(server.waitingRequests()).isZero();
        assertThat(server.heldAnswers()).isEqualTo(1);
    }

    @Test
    void senderThatWantsToWaitForNothing_hasTheVerdictIfThereIsOne() throws IOException {
        assertThat(client().exchange(submit("0")).body()).contains(HELD);

        decide(new VerdictAnswer.Confirmed(new SubmissionReceipt(5, 77)));
        assertThat(client().exchange(submit("0")).body()).contains("\"raw_quality\":5");
    }

    @Test
    void verdictThatComesDuringTheWait_endsIt_andTheConnectionIsUsedAgain() throws IOException {
        RawHttpClient client = waiting("10.0.0.1");
        awaitWaiting(1);

        service.awaited.getFirst().complete(new VerdictAnswer.Stale());

        assertThat(client.read().body()).contains("-32003");
        assertThat(client.exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(200);
        assertThat(server.heldAnswers()).isZero();
    }

    // --- requests that do not wait

    @Test
    void submissionWithoutThePreference_isAnsweredWithItsReceiptAtOnce() throws IOException {
        RawHttpResponse response = client().exchange(RawHttpClient.post(SUBMIT));

        assertThat(response.body()).isEqualTo(Samples.traffic("submit_nonce.answer"));
        assertThat(response.headers()).doesNotContainKey("preference-applied");
        assertThat(service.awaited).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Prefer: wait=x", "Prefer: respond-async", "Prefer:", "X-Prefer: wait=5"})
    void otherPreferences_areIgnored(String field) throws IOException {
        RawHttpResponse response = client().exchange(RawHttpClient.post("/", SUBMIT, field));

        assertThat(response.body()).isEqualTo(Samples.traffic("submit_nonce.answer"));
        assertThat(response.headers()).doesNotContainKey("preference-applied");
    }

    @Test
    void batch_doesNotWait() throws IOException {
        RawHttpResponse response =
                client().exchange(RawHttpClient.post("/", "[" + SUBMIT + "]", "Prefer: wait=20"));

        assertThat(response.body()).isEqualTo("[" + Samples.traffic("submit_nonce.answer") + "]");
        assertThat(response.headers()).doesNotContainKey("preference-applied");
        assertThat(service.awaited).isEmpty();
    }

    @Test
    void otherMethod_doesNotWait() throws IOException {
        RawHttpResponse response = client().exchange(RawHttpClient.post("/", GET_INFO, "Prefer: wait=20"));

        assertThat(response.body()).isEqualTo(Samples.traffic("get_mining_info.answer"));
        assertThat(response.headers()).doesNotContainKey("preference-applied");
    }

    @Test
    void notification_doesNotWait() throws IOException {
        String body = SUBMIT.replaceFirst(",\"id\":\"[^\"]*\"", "");

        assertThat(client().exchange(RawHttpClient.post("/", body, "Prefer: wait=20")).status()).isEqualTo(204);
        assertThat(service.awaited).isEmpty();
    }

    // --- who may wait

    @Test
    void beyond256OfOnePeer_nonceIsHeldAtOnce_andOtherPeersMayWait() throws IOException {
        for (int i = 0; i < VerdictWaits.PER_PEER; i++) {
            waiting("10.0.0.1");
        }
        awaitWaiting(VerdictWaits.PER_PEER);

        RawHttpResponse beyond = waiting("10.0.0.1").read();
        waiting("10.0.0.2");
        awaitWaiting(VerdictWaits.PER_PEER + 1);

        assertVerdict(beyond);
        assertThat(beyond.body()).contains(HELD);
        assertThat(service.submissions).hasSize(VerdictWaits.PER_PEER + 2);
        assertThat(server.heldAnswers()).isEqualTo(1);
    }

    @Test
    void beyondAQuarterOfTheConnections_nonceIsHeldAtOnce_unlessItHasAVerdict() throws IOException {
        server.close();
        start(16);
        for (int i = 0; i < 4; i++) {
            waiting("10.0.0." + i);
        }
        awaitWaiting(4);

        assertThat(waiting("10.0.0.9").read().body()).contains(HELD);
        assertThat(client().exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(200);
        decide(new VerdictAnswer.Stale());
        assertThat(waiting("10.0.0.9").read().body()).contains("-32003");
    }

    @Test
    void changedRules_changeHowManyMayWait() throws IOException {
        server.update(new AccessRules(MinerLogins.NONE, List.of(), List.of(), 8, 0, 0, 1024));
        waiting("");
        waiting("");
        awaitWaiting(2);

        assertThat(waiting("").read().body()).contains(HELD);
    }

    @Test
    void verdict_givesThePlaceToAnother() throws IOException {
        server.close();
        start(4);
        RawHttpClient first = waiting("10.0.0.1");
        awaitWaiting(1);
        service.awaited.getFirst().complete(new VerdictAnswer.Stale());
        assertThat(first.read().body()).contains("-32003");
        awaitWaiting(0);

        waiting("10.0.0.1");
        awaitWaiting(1);

        assertThat(server.heldAnswers()).isZero();
    }

    @Test
    void clientThatDisconnects_givesItsPlaceBack() throws IOException {
        RawHttpClient client = waiting("10.0.0.1");
        awaitWaiting(1);

        client.close();

        awaitWaiting(0);
        assertThat(service.awaited.getFirst()).isDone();
    }

    @Test
    void waitingRequest_holdsNoMemoryForItsBody() throws IOException {
        long before = server.bodyMemoryLeft();
        client().send(RawHttpClient.post("/", " ".repeat(60_000) + SUBMIT, "Prefer: wait=20"));
        awaitWaiting(1);

        Await.until("the memory is free", () -> server.bodyMemoryLeft() == before);
        assertThat(server.waitingRequests()).isEqualTo(1);
    }

    @Test
    void namesOfAnAggregatorsMachines_areKeptBeyond256() throws IOException {
        decide(new VerdictAnswer.Stale());
        RawHttpClient client = client();
        for (int i = 0; i < 300; i++) {
            client.exchange(submit("5", "X-Miner: rig" + i));
        }

        assertThat(service.miners).extracting(MinerId::name).doesNotHaveDuplicates().doesNotContain("");
    }

    // --- the end

    @Test
    void close_answersAllThatWait_thenEnds() throws Exception {
        List<RawHttpClient> waiting = List.of(waiting("10.0.0.1"), waiting("10.0.0.1"), waiting("10.0.0.2"));
        awaitWaiting(3);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

        for (RawHttpClient client : waiting) {
            RawHttpResponse response = client.read();
            assertVerdict(response);
            assertThat(response.body()).contains(HELD);
        }
        closing.get(60, TimeUnit.SECONDS);
        assertThat(server.waitingRequests()).isZero();
    }
}
