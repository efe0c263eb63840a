package org.pocx.aggregator.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.Samples;

/** Access rules, tested over real sockets. */
@Timeout(180)
class AccessRulesTest {
    private static final String GET_INFO = Samples.traffic("get_mining_info.request");
    private static final String SUBMIT = Samples.traffic("submit_nonce.request");
    private static final BasicCredentials RIG = new BasicCredentials("rig", "right");

    private final FakeMiningService service = new FakeMiningService();
    private final List<RawHttpClient> clients = new ArrayList<>();

    /** The delays after wrong credentials, which last until they are released. */
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    private final CountDownLatch release = new CountDownLatch(1);
    private MinerServer server;

    private void start(AccessRules rules) {
        server = MinerServer.start(
                new MinerServerSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), rules, null, "n", "v"),
                service,
                () -> new Readiness(Optional.empty(), Optional.empty()),
                () -> new byte[] {'{', '}'},
                () -> 0, // no time passes
                this::pause);
    }

    private void pause(Duration time) throws InterruptedException {
        pauses.add(time);
        release.await();
    }

    private static AccessRules rules(String allowed, String trusted, int connections, int perAddress, int perSecond) {
        return new AccessRules(
                MinerLogins.NONE, networks(allowed), networks(trusted), connections, perAddress, perSecond, 65_536);
    }

    private static List<Network> networks(String text) {
        return Stream.of(text.split(" ", -1)).flatMap(one -> Network.parse(one).stream()).toList();
    }

    private RawHttpClient client() throws IOException {
        RawHttpClient client = new RawHttpClient(server.address());
        clients.add(client);
        return client;
    }

    private static String authorized(String userAndPassword) {
        String value = Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        return RawHttpClient.post("/", GET_INFO, "authorization: Basic " + value);
    }

    private boolean isServed() {
        try {
            return client().exchange(RawHttpClient.post(GET_INFO)).status() == 200;
        } catch (IOException closed) {
            return false;
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttpClient client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void peerOfAnotherNetwork_isClosedBeforeItHasSentAnything() throws IOException {
        start(rules("10.0.0.0/8 ::1", "", 100, 0, 0));
        assertThat(client().isClosed()).isTrue();
    }

    @Test
    void peerOfAnAllowedNetwork_isServed() {
        start(rules("10.0.0.0/8 127.0.0.0/8", "", 100, 0, 0));
        assertThat(isServed()).isTrue();
    }

    @Test
    void changedRules_holdForOpenConnectionsToo() throws IOException {
        start(rules("", "", 100, 0, 0));
        RawHttpClient open = client();
        assertThat(open.exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(200);
        server.update(rules("10.0.0.0/8", "", 100, 0, 0));
        assertThat(open.send(RawHttpClient.post(GET_INFO)).isClosed()).isTrue();
        server.update(rules("", "", 100, 0, 0));
        assertThat(isServed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "127.0.0.1; 10.0.0.9; 10.0.0.9",
        "127.0.0.1; 1.1.1.1, 10.0.0.9; 10.0.0.9",
        "127.0.0.1; 1.1.1.1, 2.2.2.2, 10.0.0.9; 10.0.0.9",
        "127.0.0.1 10.0.0.9; 1.1.1.1, 2.2.2.2, 10.0.0.9; 2.2.2.2",
        "127.0.0.1 10.0.0.0/8; 10.0.0.1, 10.0.0.9; 10.0.0.1",
        "127.0.0.1; 10.0.0.9:5555; 10.0.0.9",
        "127.0.0.1; [2001:db8::1]:5555; 2001:db8::1",
        "127.0.0.1; 2001:DB8:0:0:0:0:0:1; 2001:db8::1",
        "127.0.0.1; fe80::1%eth0; fe80::1",
        "127.0.0.1; [fe80::1%25eth0]:5555; fe80::1",
        "127.0.0.1; ::ffff:10.0.0.9; 10.0.0.9",
        "127.0.0.1; unknown; 127.0.0.1",
        "127.0.0.1; <script>; 127.0.0.1",
        "127.0.0.1; example.com; 127.0.0.1",
        "127.0.0.1; 10.0.0.9,; 127.0.0.1",
        "127.0.0.1; ' '; 127.0.0.1",
        "10.0.0.9; 10.0.0.1; 127.0.0.1",
        "''; 10.0.0.1; 127.0.0.1"
    })
    void machine_isWhatTrustedProxiesSay(String trusted, String forwarded, String machine) throws IOException {
        start(rules("", trusted, 100, 0, 0));
        client().exchange(RawHttpClient.post("/", GET_INFO, "x-forwarded-for: " + forwarded));
        assertThat(service.miners).extracting(MinerId::id).containsExactly(machine);
    }

    @Test
    void severalForwardedFields_areOneList() throws IOException {
        start(rules("", "127.0.0.1", 100, 0, 0));
        client().exchange(RawHttpClient.post("/", GET_INFO, "x-forwarded-for: 1.1.1.1", "X-Forwarded-For: 2.2.2.2"));
        assertThat(service.miners).containsExactly(new MinerId("2.2.2.2"));
    }

    @Test
    void endlessForwardedList_isReadFromItsEndOnly() throws IOException {
        start(rules("", "127.0.0.1 10.0.0.0/8", 100, 0, 0));
        client().exchange(
                RawHttpClient.post("/", GET_INFO, "x-forwarded-for: " + "10.0.0.1,".repeat(800) + "10.0.0.2"));
        assertThat(service.miners).containsExactly(new MinerId("10.0.0.1"));
    }

    @Test
    void allowedNetworks_holdForTheMachineBehindATrustedProxy() throws IOException {
        start(rules("10.0.0.0/8", "127.0.0.1", 100, 0, 0));
        assertThat(client().exchange(RawHttpClient.post("/", GET_INFO, "x-forwarded-for: 10.0.0.1")).status())
                .isEqualTo(200);
        assertThat(client().send(RawHttpClient.post("/", GET_INFO, "x-forwarded-for: 11.0.0.1")).isClosed()).isTrue();
        assertThat(client().send(RawHttpClient.get("/health")).isClosed()).isTrue();
    }

    @Test
    void connectionsOfOneAddress_areLimited() throws IOException {
        start(rules("", "", 100, 2, 0));
        RawHttpClient first = client();
        assertThat(first.exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
        assertThat(client().exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
        assertThat(client().isClosed()).isTrue();
        first.close();
        Await.until("there is a place again", this::isServed);
    }

    @Test
    void trustedProxy_hasAsManyConnectionsAsItNeeds() throws IOException {
        start(rules("", "127.0.0.1", 100, 1, 0));
        for (int i = 0; i < 5; i++) {
            assertThat(client().exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsOfAll_areLimited() throws IOException {
        start(rules("", "", 3, 0, 0));
        for (int i = 0; i < 3; i++) {
            assertThat(client().exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
        }
        assertThat(client().isClosed()).isTrue();
        server.update(rules("", "", 4, 0, 0));
        assertThat(isServed()).isTrue();
    }

    @Test
    void raisedLimitOfBodies_holdsFromTheNextRequestOn() throws IOException {
        String large = RawHttpClient.post(GET_INFO + " ".repeat(8 * 1024 * 1024));
        start(rules("", "", 100, 0, 0));
        assertThat(client().exchange(large).status()).isEqualTo(413);
        server.update(new AccessRules(MinerLogins.NONE, List.of(), List.of(), 100, 0, 0, 16 * 1024 * 1024));
        assertThat(client().exchange(large).status()).isEqualTo(200);
    }

    @Test
    void submissionsBeyondTheRate_loseTheirConnectionAndPollsDoNot() throws IOException {
        start(rules("", "", 100, 0, 2));
        RawHttpClient client = client();
        assertThat(client.exchange(RawHttpClient.post(SUBMIT)).status()).isEqualTo(200);
        assertThat(client.exchange(RawHttpClient.post(SUBMIT)).status()).isEqualTo(200);
        assertThat(client.send(RawHttpClient.post(SUBMIT)).isClosed()).isTrue();
        assertThat(isServed()).isTrue();
    }

    @Test
    void wrongCredentials_areDelayedAndRightOnesAreNot() throws IOException {
        start(AccessRules.OPEN.withCredentials(RIG));
        RawHttpClient client = client();
        client.send(authorized("rig:wrong"));
        Await.until("the answer is delayed", () -> pauses.size() == 1);
        assertThat(client().exchange(authorized("rig:right")).status()).isEqualTo(200);
        assertThat(client.isAnswered()).isFalse();
        release.countDown();
        assertThat(client.read().status()).isEqualTo(401);
        assertThat(pauses).containsExactly(FailedLoginThrottle.FIRST);
    }

    @Test
    void missingCredentials_areNotDelayed() throws IOException {
        start(AccessRules.OPEN.withCredentials(RIG));
        for (int i = 0; i < 20; i++) {
            assertThat(client().exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(401);
        }
        assertThat(pauses).isEmpty();
    }

    @Test
    void manyWrongCredentials_delayABoundedNumberAndBlockNobody() throws IOException {
        start(AccessRules.OPEN.withCredentials(RIG));
        for (int i = 0; i < RequestAuthenticator.MAX_WAITING + 20; i++) {
            client().send(authorized("rig:wrong " + i));
        }
        List<RawHttpClient> opened = List.copyOf(clients);
        Await.until("some are refused", () -> opened.stream().filter(AccessRulesTest::isAnswered).count() == 20);
        Await.until("the others wait", () -> pauses.size() == RequestAuthenticator.MAX_WAITING);
        assertThat(client().exchange(authorized("rig:right")).status()).isEqualTo(200);
        release.countDown();
        assertThat(opened.stream().filter(AccessRulesTest::isToClose)).hasSize(20);
    }

    private static boolean isAnswered(RawHttpClient client) {
        try {
            return client.isAnswered();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isToClose(RawHttpClient client) {
        try {
            return "close".equals(client.read().headers().get("connection"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void changedCredentials_holdFromTheNextRequestOn() throws IOException {
        start(AccessRules.OPEN);
        RawHttpClient client = client();
        assertThat(client.exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(200);
        server.update(AccessRules.OPEN.withCredentials(RIG));
        assertThat(client.exchange(RawHttpClient.post(GET_INFO)).status()).isEqualTo(401);
        assertThat(client.exchange(authorized("rig:right")).status()).isEqualTo(200);
        assertThat(client.exchange(RawHttpClient.get("/stats")).status()).isEqualTo(401);
        assertThat(client.exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
    }
}
