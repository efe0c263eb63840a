package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.RawHttpResponse;
import org.pocx.aggregator.protocol.Samples;

@Timeout(180)
class BasicAuthCheckerTest {
    private static final String GET_INFO = Samples.traffic("get_mining_info.request");
    private static final String RIGHT = "Basic " + base64("rig:pä:ss");

    private final FakeMiningService service = new FakeMiningService();
    private MinerServer server;
    private RawHttpClient client;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @BeforeEach
    void start() throws IOException {
        server = MinerServer.start(
                new MinerServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        AccessRules.OPEN.withCredentials(new BasicCredentials("rig", "pä:ss")),
                        null,
                        "name",
                        "version"),
                service,
                () -> new Readiness(Optional.empty(), Optional.empty()),
                () -> new byte[] {'{', '}'},
                System::nanoTime,
                pause -> {});
        client = new RawHttpClient(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void sharedCredentials_passAndAreNotTheNameOfTheMachine() throws IOException {
        assertThat(client.exchange(RawHttpClient.post("/", GET_INFO, "Authorization: " + RIGHT)).status())
                .isEqualTo(200);
        assertThat(service.miners).containsExactly(new MinerId("127.0.0.1"));
    }

    @Test
    void schemeInOtherCase_passes() throws IOException {
        String header = "authorization: " + RIGHT.replace("Basic", "bASIC");
        assertThat(client.exchange(RawHttpClient.post("/", GET_INFO, header)).status()).isEqualTo(200);
    }

    @Test
    void noCredentials_areAskedFor() throws IOException {
        RawHttpResponse answer = client.exchange(RawHttpClient.post(GET_INFO));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers()).containsEntry("www-authenticate",
                "Basic realm=\"pocx-aggregator\", charset=\"UTF-8\"");
        assertThat(answer.body()).contains("\"code\":-32004");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rig:pass", "rig:", "rig", "", "Rig:pä:ss", "rig:pä:ss "})
    void wrongCredentials_areRefused(String given) throws IOException {
        RawHttpResponse answer =
                client.exchange(RawHttpClient.post("/", GET_INFO, "Authorization: Basic " + base64(given)));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":-32005");
        assertThat(service.miners).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer x", "Basic", "Basic ***", "Basic\tx", "x"})
    void otherSchemesOrGarbage_areRefused(String header) throws IOException {
        assertThat(client.exchange(RawHttpClient.post("/", GET_INFO, "Authorization: " + header)).body())
                .contains("\"code\":-32005");
    }

    @Test
    void connection_staysUsableAfterARefusal() throws IOException {
        client.exchange(RawHttpClient.post(GET_INFO));
        assertThat(client.exchange(RawHttpClient.post("/", GET_INFO, "Authorization: " + RIGHT)).body())
                .isEqualTo(Samples.traffic("get_mining_info.answer"));
    }

    @Test
    void stats_areGuardedToo() throws IOException {
        assertThat(client.exchange(RawHttpClient.get("/stats")).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/ready", "/api/info"})
    void otherPages_areOpen(String path) throws IOException {
        assertThat(client.exchange(RawHttpClient.get(path)).status()).isEqualTo(200);
    }

    @Test
    void credentials_hideTheirPassword() {
        assertThat(new BasicCredentials("rig", "secret").toString()).contains("rig").doesNotContain("secret");
    }

    @Test
    void userNameWithColon_isRefused() {
        assertThatThrownBy(() -> new BasicCredentials("a:b", "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
