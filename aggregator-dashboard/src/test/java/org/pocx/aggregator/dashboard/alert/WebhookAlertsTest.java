package org.pocx.aggregator.dashboard.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.StatisticsEvent;

/** Alerts over real sockets to a simulated webhook. */
@Timeout(180)
final class WebhookAlertsTest {
    private static final String PATH = "/services/T0KEN?key=S3CRET";

    /** Short retry delays, and long time limits for a busy machine. */
    private static final DeliveryTiming QUICK = new DeliveryTiming(
            Duration.ofMillis(20),
            Duration.ofMinutes(2),
            Duration.ofMillis(5),
            Duration.ofMillis(40),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1));

    private static final WireMockServer HOOK =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final LogLines log = new LogLines();
    private final Logger logger = Logger.getLogger("org.pocx.aggregator.dashboard.alert");
    private WebhookAlerts alerts;

    @BeforeAll
    static void startHook() {
        HOOK.start();
    }

    @AfterAll
    static void stopHook() {
        HOOK.stop();
    }

    @BeforeEach
    void begin() {
        HOOK.resetAll();
        HOOK.stubFor(post(anyUrl()).willReturn(ok()));
        logger.addHandler(log);
        alerts = start(QUICK, 3_600);
    }

    @AfterEach
    void end() {
        alerts.close();
        logger.removeHandler(log);
    }

    private WebhookAlerts start(DeliveryTiming timing, int maxPerHour) {
        return start(URI.create(HOOK.baseUrl() + PATH), timing, maxPerHour);
    }

    private static WebhookAlerts start(URI url, DeliveryTiming timing, int maxPerHour) {
        return WebhookAlerts.start(
                new AlertSettings(url, "barn \"3\"", "pool", maxPerHour, "test/1"), new MachineDirectory(), timing);
    }

    private void restart(DeliveryTiming timing, int maxPerHour) {
        alerts.close();
        alerts = start(timing, maxPerHour);
    }

    private static DeliveryTiming impatient() {
        return new DeliveryTiming(
                QUICK.gather(),
                Duration.ofMillis(500),
                QUICK.firstRetry(),
                QUICK.longestRetry(),
                QUICK.giveUp(),
                QUICK.drain());
    }

    /** Collects alerts until it is closed. */
    private static DeliveryTiming patient() {
        return new DeliveryTiming(
                Duration.ofHours(1),
                QUICK.request(),
                QUICK.firstRetry(),
                QUICK.longestRetry(),
                QUICK.giveUp(),
                QUICK.drain());
    }

    /** No time limit for a response, but almost no time at the end. */
    private static DeliveryTiming hasty() {
        return new DeliveryTiming(
                QUICK.gather(),
                Duration.ofHours(1),
                QUICK.firstRetry(),
                QUICK.longestRetry(),
                Duration.ofHours(2),
                Duration.ofMillis(300));
    }

    private void tell(int machine) {
        alerts.statisticsListener().on(new StatisticsEvent.MachineSilent(new MinerId("10.0.0." + machine), 5));
    }

    private List<ServeEvent> received() {
        return HOOK.getAllServeEvents().stream()
                .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
                .toList();
    }

    private List<JsonNode> bodies() {
        return received().stream()
                .map(event -> json(event.getRequest().getBodyAsString()))
                .toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private void awaitRequests(int count) {
        Await.until(count + " requests", () -> received().size() >= count);
    }

    @Test
    void alert_isPostedAsJson() {
        tell(7);
        awaitRequests(1);

        assertThat(received().getFirst().getRequest().getUrl()).isEqualTo(PATH);
        assertThat(received().getFirst().getRequest().getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(received().getFirst().getRequest().getHeader("User-Agent")).isEqualTo("test/1");
        JsonNode body = bodies().getFirst();
        assertThat(body.get("event").asText()).isEqualTo("machine_silent");
        assertThat(body.get("text").asText()).startsWith("barn \"3\": Machine 10.0.0.7 went silent");
        assertThat(body.get("content")).isEqualTo(body.get("text"));
        assertThat(body.get("farm").asText()).isEqualTo("barn \"3\"");
        assertThat(body.get("machine").asText()).isEqualTo("10.0.0.7");
        assertThat(body.get("missedRounds").asInt()).isEqualTo(5);
        assertThat(body.get("at").asText()).matches("20\\d\\d-\\d\\d-\\d\\dT.*Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void passingTrouble_isRepeatedUntilTaken(int status) {
        fails(aResponse().withStatus(status));

        tell(7);

        awaitTaken();
        awaitRequests(3);
        assertThat(bodies()).hasSize(3).containsOnly(bodies().getFirst());
        assertThat(log.lines).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void brokenAnswer_isRepeatedUntilTaken(Fault fault) {
        fails(aResponse().withFault(fault));

        tell(7);

        awaitTaken();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void refusal_isNotRepeated_andTheNextOneIsTried(int status) {
        HOOK.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status)));
        tell(7);
        awaitRequests(1);
        Await.until("the loss is logged", () -> !log.lines.isEmpty());
        HOOK.stubFor(post(anyUrl()).willReturn(ok()));

        tell(8);

        Await.until("it is told that alerts are taken again", () -> log.lines.size() == 2);
        awaitRequests(2);
        assertThat(received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_isNotFollowed(int status) {
        HOOK.stubFor(post(urlEqualTo(PATH))
                .willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));
        HOOK.stubFor(get(anyUrl()).willReturn(ok()));

        tell(7);
        Await.until("the loss is logged", () -> !log.lines.isEmpty());

        awaitRequests(1);
        assertThat(received()).extracting(event -> event.getRequest().getUrl()).containsExactly(PATH);
        assertThat(log.lines.peek()).contains("HTTP " + status + ", and redirects are not followed");
    }

    @Test
    void webhookThatHangs_isTriedAgain() {
        restart(impatient(), 3_600);
        fails(aResponse().withStatus(200).withFixedDelay(60_000));
        tell(7);

        awaitTaken();
    }

    @Test
    void answerThatNeverEnds_isCutAtTheTimeLimit() {
        restart(impatient(), 3_600);
        fails(aResponse().withStatus(200).withBody("x".repeat(100)).withChunkedDribbleDelay(100, 60_000));

        tell(7);

        awaitTaken();
    }

    @Test
    void alertsTogetherBeyondTheLimit_areOneSummary() {
        restart(patient(), 5);
        for (int i = 0; i < 2_000; i++) {
            tell(i % 250);
        }
        alerts.listener().on(new AggregatorEvent.StoreDown("disk full", true));
        alerts.close();

        assertThat(received()).hasSize(1);
        JsonNode body = bodies().getFirst();
        assertThat(body.get("event").asText()).isEqualTo("summary");
        assertThat(body.get("count").asLong()).isEqualTo(2_001);
        assertThat(body.get("machine_silent").asLong()).isEqualTo(2_000);
        assertThat(body.get("text").asText())
                .contains("2001 alerts at once: machine silent 2000, store down 1.")
                .contains("Machine 10.0.0.0 went silent")
                .hasSizeLessThan(2_000);
    }

    @Test
    void alertsBeyondTheHourlyLimit_waitForTheirTurnTogether() {
        restart(QUICK, 1);
        tell(1);
        awaitRequests(1);
        tell(2);
        tell(3);

        alerts.close();
        awaitRequests(2);

        assertThat(bodies()).hasSize(2);
        assertThat(bodies().getLast().get("count").asLong()).isEqualTo(2);
    }

    @Test
    void whileOneIsRepeated_othersBecomeOneMessage() {
        restart(QUICK, 5);
        HOOK.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500)));
        tell(1);
        awaitRequests(2);
        for (int i = 2; i <= 40; i++) {
            tell(i);
        }
        HOOK.stubFor(post(anyUrl()).willReturn(ok()));

        Await.until("the others", () -> bodies().stream().anyMatch(body -> body.has("count")));
        assertThat(bodies().getLast().get("machine_silent").asLong()).isEqualTo(39);
    }

    @Test
    void noHope_isGivenUp_andTheNextOneIsTried() {
        DeliveryTiming hopeless = new DeliveryTiming(
                QUICK.gather(),
                QUICK.request(),
                QUICK.firstRetry(),
                QUICK.longestRetry(),
                Duration.ofMillis(100),
                QUICK.drain());
        restart(hopeless, 3_600);
        HOOK.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500)));
        tell(7);
        Await.until("the loss", () -> log.lines.stream().anyMatch(line -> line.contains("it is lost")));

        HOOK.stubFor(post(anyUrl()).willReturn(ok()));
        tell(8);

        Await.until(
                "the next one",
                () -> bodies().getLast().get("machine").asText().equals("10.0.0.8"));
    }

    @Test
    void close_deliversWhatIsLeft() {
        tell(7);
        alerts.close();
        tell(8);

        awaitRequests(1);
        assertThat(bodies()).singleElement().asString().contains("10.0.0.7");
    }

    @Test
    void closeWhileTheWebhookHangs_ends_andLeavesNoThread() throws IOException {
        try (ServerSocket hanging = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            alerts.close();
            alerts = start(URI.create("http://127.0.0.1:" + hanging.getLocalPort() + PATH), hasty(), 3_600);
            tell(7);
            try (Socket request = hanging.accept()) {
                tell(8); // nobody waits for the webhook
                alerts.close();
                alerts.close();

                assertThat(request.isConnected()).isTrue();
            }
        }
        Await.until(
                "the threads have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("alerts")));
    }

    @Test
    void webhookUnreachable_thenReachable_getsTheAlert() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        alerts.close();
        alerts = start(URI.create("http://127.0.0.1:" + port + PATH), QUICK, 3_600);
        tell(7);
        Await.until("the trouble is logged", () -> !log.lines.isEmpty());

        WireMockServer late = new WireMockServer(
                WireMockConfiguration.options().port(port).bindAddress("127.0.0.1"));
        late.stubFor(post(anyUrl()).willReturn(ok()));
        late.start();
        try {
            Await.until("the alert", () -> !late.getAllServeEvents().isEmpty());
        } finally {
            late.stop();
        }
    }

    @Test
    void logAndSettings_showNoSecret() {
        fails(aResponse().withStatus(500));
        tell(7);
        awaitTaken();

        assertThat(log.lines).isNotEmpty().noneMatch(line -> line.contains("T0KEN") || line.contains("S3CRET"));
        assertThat(new AlertSettings(URI.create("https://a.example:9/T0KEN?S3CRET"), "f", "u", 1, "p").toString())
                .contains("https://a.example:9")
                .doesNotContain("T0KEN", "S3CRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://hooks.example.com/", "/path", "https:///x"})
    void noUrlOfAWebhook_isRefused(String url) {
        assertThatThrownBy(() -> new AlertSettings(URI.create(url), "f", "u", 1, "p"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The webhook fails twice in the given way, then accepts alerts. */
    private void fails(ResponseDefinitionBuilder how) {
        HOOK.resetAll();
        HOOK.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(how)
                .willSetStateTo("once"));
        HOOK.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("once")
                .willReturn(how)
                .willSetStateTo("well"));
        HOOK.stubFor(post(anyUrl()).inScenario("s").whenScenarioStateIs("well").willReturn(ok()));
    }

    private void awaitTaken() {
        Await.until("it is told that alerts are taken again", () -> log.lines.stream()
                .anyMatch(line -> line.contains("accepts alerts again")));
    }

    /** What the package logs, formatted. */
    private static final class LogLines extends Handler {
        private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord logged) {
            lines.add(MessageFormat.format(logged.getMessage(), logged.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
