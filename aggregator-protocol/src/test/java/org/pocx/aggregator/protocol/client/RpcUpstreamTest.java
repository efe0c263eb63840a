package org.pocx.aggregator.protocol.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.protocol.client.Troubles.kind;
import static org.pocx.aggregator.protocol.client.Troubles.trouble;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.protocol.Samples;

@Timeout(180)
class RpcUpstreamTest {
    /** For calls that must get a response, even on a busy machine. */
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);

    /** For calls that must time out. */
    private static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);

    /** WireMock's template inserts the id of the request. */
    private static final String ACCEPTED = "{\"result\":{\"raw_quality\":99},\"id\":{{jsonPath request.body '$.id'}} }";

    @TempDir Path folder;

    private final WireMockServer pool =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().globalTemplating(true));
    private RpcUpstream upstream;

    @BeforeEach
    void start() {
        pool.start();
        upstream = upstream(new Credentials.None());
    }

    @AfterEach
    void stop() {
        upstream.close();
        pool.stop();
    }

    private RpcUpstream upstream(Credentials credentials) {
        return upstream(credentials, LONG_TIMEOUT);
    }

    private RpcUpstream upstream(Credentials credentials, Duration timeout) {
        return new RpcUpstream(
                new RpcUpstreamSettings(
                        URI.create(pool.baseUrl() + "/rpc"), credentials, timeout, timeout, 10_000,
                        new ProxySettings.None(), UpstreamKind.DIRECT));
    }

    private void respond(ResponseDefinitionBuilder response) {
        pool.stubFor(post(urlEqualTo("/rpc")).willReturn(response));
    }

    private SubmitOutcome submit() {
        return upstream.submit(Samples.submission());
    }

    private UpstreamTrouble unreachable() {
        return Troubles.unreachable(submit());
    }

    private int requests() {
        return pool.findAll(postRequestedFor(anyUrl())).size();
    }

    @Test
    void submission_isSentToThePathWithTheNineFields() {
        respond(aResponse().withBody(ACCEPTED));
        assertThat(submit()).isEqualTo(new SubmitOutcome.Accepted(99));
        String expected = Samples.traffic("submit_nonce.request").replaceFirst("\"id\":.*", "\"id\":1}");
        pool.verify(postRequestedFor(urlEqualTo("/rpc"))
                .withRequestBody(equalTo(expected))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Accept-Encoding", absent())
                .withHeader("Upgrade", absent())
                .withHeader("Authorization", absent()));
    }

    @ParameterizedTest
    @CsvSource({"60000,wait=20", "23000,wait=20", "22999,wait=19", "8000,wait=5"})
    void submission_asksToWaitForTheVerdict_withinTheTimeout(long timeoutMillis, String preference) {
        respond(aResponse().withBody(ACCEPTED));
        try (RpcUpstream hub = upstream(new Credentials.None(), Duration.ofMillis(timeoutMillis))) {
            hub.submit(Samples.submission());
            pool.verify(postRequestedFor(anyUrl()).withHeader("Prefer", equalTo(preference)));
        }
    }

    @Test
    void shortTimeout_leavesNoTimeToWait_andPollsNeverAsk() {
        respond(aResponse().withBody(ACCEPTED));
        try (RpcUpstream impatient = upstream(new Credentials.None(), Duration.ofMillis(7_999))) {
            impatient.submit(Samples.submission());
        }
        upstream.fetchMiningInfo();

        pool.verify(2, postRequestedFor(anyUrl()).withHeader("Prefer", absent()).withHeader("X-Miner", absent()));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, '', 10.0.0.7",
        "10.0.0.7, rig-1, 10.0.0.7/rig-1",
        "2001:db8::7, rack 1/rig 2, 2001:db8::7/rack%201/rig%202",
        "10.0.0.7, 'räck\t%', 10.0.0.7/r%C3%A4ck?%25~",
        "10.0.0.7, '\u26cf', 10.0.0.7/%E2%9B%8F",
        "10.0.0.7, 'a\r\nPrefer: wait=1', 10.0.0.7/a??Prefer:%20wait=1~",
    })
    void machine_isNamed_whateverItsNameHolds(String address, String name, String sent) {
        respond(aResponse().withBody(ACCEPTED));

        upstream.submit(Samples.submission(), new MinerId(address, name));

        pool.verify(1, postRequestedFor(anyUrl())
                .withHeader("X-Miner", sent.endsWith("~") ? containing(sent) : equalTo(sent)));
        pool.verify(1, postRequestedFor(anyUrl()).withHeader("Prefer", equalTo("wait=20")));
    }

    @Test
    void upstreamThatAppliesThePreference_waitsForVerdicts() {
        respond(aResponse().withBody(ACCEPTED).withHeader("Preference-Applied", "respond-async"));
        submit();
        assertThat(upstream.waitsForVerdicts()).isFalse();

        respond(aResponse()
                .withBody(
                        "{\"error\":{\"code\":-32006,\"message\":\"later\"},\"id\":{{jsonPath request.body '$.id'}} }")
                .withHeader("Preference-Applied", "handling=lenient, Wait=20"));
        assertThat(submit()).isEqualTo(new SubmitOutcome.Held(UpstreamMessage.of("later")));
        assertThat(upstream.waitsForVerdicts()).isTrue();
    }

    @Test
    void miningInfo_isFetched() {
        respond(aResponse()
                .withHeader("Content-Type", "text/plain")
                .withBody(Samples.traffic("get_mining_info.answer")
                        .replaceFirst("\"id\":.*", "\"id\":{{jsonPath request.body '\\$.id'}} }")));
        assertThat(upstream.fetchMiningInfo()).isEqualTo(new MiningInfoOutcome.Fetched(Samples.miningInfo()));
    }

    @Test
    void bearerToken_isSent() {
        respond(aResponse().withBody(ACCEPTED));
        try (RpcUpstream withToken = upstream(new Credentials.Bearer("abc"))) {
            withToken.submit(Samples.submission());
        }
        pool.verify(postRequestedFor(anyUrl()).withHeader("Authorization", equalTo("Bearer abc")));
    }

    @Test
    void status503_isBusyWithItsRetryAfter() {
        respond(aResponse().withStatus(503).withHeader("Retry-After", "3").withBody("Work queue depth exceeded"));
        assertThat(trouble(submit()).retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(3)));
    }

    @Test
    void redirect_isNotFollowed() {
        respond(aResponse().withStatus(307).withHeader("Location", "/other"));
        assertThat(unreachable().message().text()).contains("HTTP 307 redirects to /other");
        assertThat(requests()).isEqualTo(1);
    }

    @Test
    void status401WithoutWwwAuthenticate_isUnauthorized() {
        respond(aResponse().withStatus(401));
        assertThat(kind(submit())).isEqualTo(Kind.UNAUTHORIZED);
        assertThat(requests()).isEqualTo(1);
    }

    // --- the cookie file

    @Test
    void missingCookieFile_sendsNothing() {
        try (RpcUpstream node = upstream(new Credentials.CookieFile(folder.resolve("none")))) {
            Troubles.unreachable(node.fetchMiningInfo());
        }
        assertThat(requests()).isZero();
    }

    @Test
    void changedCookieAfterA401_isUsedAtOnce() throws IOException {
        Path cookie = Files.writeString(folder.resolve(".cookie"), "__cookie__:old");
        // The node replaces its cookie file before it sends the 401 for the old one.
        pool.addMockServiceRequestListener((request, response) -> write(cookie, "__cookie__:new"));
        pool.stubFor(post(anyUrl())
                .inScenario("restart")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(401))
                .willSetStateTo("restarted"));
        pool.stubFor(post(anyUrl())
                .inScenario("restart")
                .whenScenarioStateIs("restarted")
                .withBasicAuth("__cookie__", "new")
                .willReturn(aResponse().withBody(ACCEPTED)));
        try (RpcUpstream node = upstream(new Credentials.CookieFile(cookie))) {
            assertThat(node.submit(Samples.submission())).isEqualTo(new SubmitOutcome.Accepted(99));
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void unchangedCookieAfterA401_isNotRetried() throws IOException {
        Path cookie = Files.writeString(folder.resolve(".cookie"), "__cookie__:old");
        respond(aResponse().withStatus(401));
        try (RpcUpstream node = upstream(new Credentials.CookieFile(cookie))) {
            assertThat(kind(node.submit(Samples.submission()))).isEqualTo(Kind.UNAUTHORIZED);
        }
        assertThat(requests()).isEqualTo(1);
    }

    private void awaitRequests(int number) {
        Await.until(number + " requests", () -> requests() >= number);
    }

    // --- network failures

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenResponse_isUnreachableAndNotRetried(Fault fault) {
        respond(aResponse().withFault(fault));
        assertThat(unreachable().kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"result\":{},\"id\":", "null", "{\"result\":{},\"id\":77}"})
    void invalidResponse_isUnreachable(String body) {
        respond(aResponse().withBody(body));
        assertThat(unreachable().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void missingResponse_timesOut() {
        respond(aResponse().withFixedDelay(600_000));
        assertThat(submitWithShortTimeout())
                .isEqualTo(UpstreamTrouble.timedOut(pool.baseUrl() + "/rpc: no complete response within 1000 ms"));
    }

    @Test
    void slowBody_timesOut() {
        respond(aResponse().withBody(ACCEPTED + " ".repeat(1000)).withChunkedDribbleDelay(1000, 600_000));
        assertThat(submitWithShortTimeout())
                .isEqualTo(UpstreamTrouble.timedOut(pool.baseUrl() + "/rpc: no complete response within 1000 ms"));
    }

    @Test
    void timedOutCall_closesItsConnection() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RpcUpstream impatient = new RpcUpstream(new RpcUpstreamSettings(
                        URI.create("http://127.0.0.1:" + mute.getLocalPort()), new Credentials.None(),
                        SHORT_TIMEOUT))) {
            CompletableFuture<SubmitOutcome> outcome =
                    CompletableFuture.supplyAsync(() -> impatient.submit(Samples.submission()));
            try (Socket connection = mute.accept()) {
                connection.setSoTimeout((int) LONG_TIMEOUT.toMillis());
                connection.getOutputStream().write("HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{".getBytes(UTF_8));
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            assertThat(outcome.join())
                    .isInstanceOfSatisfying(UpstreamTrouble.class,
                            end -> assertThat(end.kind()).isEqualTo(Kind.TIMED_OUT));
        }
    }

    private SubmitOutcome submitWithShortTimeout() {
        try (RpcUpstream impatient = upstream(new Credentials.None(), SHORT_TIMEOUT)) {
            return impatient.submit(Samples.submission());
        }
    }

    @Test
    void responseAboveTheLimit_isUnreachable() {
        respond(aResponse().withBody("x".repeat(10_001)));
        assertThat(unreachable().message().text()).endsWith("the response is longer than 10000 bytes");
    }

    @Test
    void refusedConnection_isUnreachable() {
        pool.stop();
        assertThat(unreachable().message().text()).contains("/rpc: cannot connect");
    }

    @Test
    void unknownHost_isUnreachable() {
        try (RpcUpstream unresolved = new RpcUpstream(new RpcUpstreamSettings(
                URI.create("http://no-such-host.invalid/"), new Credentials.None(), Duration.ofSeconds(20)))) {
            assertThat(unresolved.fetchMiningInfo())
                    .isEqualTo(UpstreamTrouble.unreachable("http://no-such-host.invalid/: unknown host"));
        }
    }

    @Test
    void plainServerBehindHttps_isUnreachable() {
        try (RpcUpstream tls = new RpcUpstream(new RpcUpstreamSettings(
                URI.create(pool.baseUrl().replace("http:", "https:")), new Credentials.None(), LONG_TIMEOUT))) {
            assertThat(tls.fetchMiningInfo())
                    .isInstanceOfSatisfying(
                            UpstreamTrouble.class,
                            outcome -> assertThat(outcome.message().text()).contains("TLS failed"));
        }
    }

    @Test
    void certificateThatIsNotTrusted_isUnreachable() {
        WireMockServer selfSigned = new WireMockServer(
                WireMockConfiguration.options().dynamicPort().dynamicHttpsPort());
        selfSigned.start();
        try (RpcUpstream tls = new RpcUpstream(new RpcUpstreamSettings(
                URI.create("https://localhost:" + selfSigned.httpsPort()), new Credentials.None(), LONG_TIMEOUT))) {
            assertThat(tls.fetchMiningInfo())
                    .isInstanceOfSatisfying(
                            UpstreamTrouble.class, outcome -> assertThat(outcome.message().text())
                                    .contains("TLS failed: its certificate is not signed by an authority that this JVM"
                                            + " trusts"));
        } finally {
            selfSigned.stop();
        }
    }

    @Test
    void interruptedCall_isCancelled() throws Exception {
        respond(aResponse().withFixedDelay(600_000));
        CompletableFuture<SubmitOutcome> outcome = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> outcome.complete(submit()));
        awaitRequests(1);
        caller.interrupt();
        assertThat(outcome.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(UpstreamTrouble.class,
                        end -> assertThat(end.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    @Test
    void close_cancelsRunningCalls() throws Exception {
        respond(aResponse().withFixedDelay(600_000));
        CompletableFuture<SubmitOutcome> outcome = CompletableFuture.supplyAsync(this::submit);
        awaitRequests(1);
        upstream.close();
        assertThat(outcome.get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(UpstreamTrouble.class,
                        end -> assertThat(end.kind()).isEqualTo(Kind.UNREACHABLE));
    }

    @Test
    void closedUpstream_isUnreachable() {
        upstream.close();
        upstream.close();
        Troubles.unreachable(submit());
    }
}
