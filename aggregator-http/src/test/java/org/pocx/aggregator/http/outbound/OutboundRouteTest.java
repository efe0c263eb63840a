package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.testkit.SmallHttpProxy;
import org.pocx.aggregator.http.testkit.SmallProxy;
import org.pocx.aggregator.http.testkit.SmallSocksProxy;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** Requests through real proxies. The name pool.example is known to the proxies only. */
@Timeout(180)
class OutboundRouteTest {
    private static final String LOGIN = "me:se@c/r:t";
    private static final String ESCAPED_LOGIN = "me:se%40c%2Fr%3At";

    @TempDir private static Path folder;
    private static Path keyStore;

    @BeforeAll
    static void makeCertificate() {
        keyStore = TlsIdentities.keyStore(folder, "pool.example", "EC");
    }

    private static PlainTarget target(String scheme) throws IOException {
        return scheme.equals("https") ? PlainTarget.https(TlsIdentities.server(keyStore)) : PlainTarget.http();
    }

    private static SmallProxy proxy(String scheme, boolean login) {
        if (scheme.equals("http")) {
            return login ? SmallHttpProxy.withLogin(LOGIN) : SmallHttpProxy.open();
        }
        return login ? SmallSocksProxy.withLogin(LOGIN) : SmallSocksProxy.open();
    }

    private static String url(String scheme, boolean login, int port) {
        return scheme + "://" + (login ? ESCAPED_LOGIN + "@" : "") + "127.0.0.1:" + port;
    }

    @ParameterizedTest
    @CsvSource({
        "http, http, false", "http, http, true", "http, https, false", "http, https, true",
        "socks5, http, false", "socks5, http, true", "socks5h, https, false", "socks5, https, true"
    })
    void proxy_resolvesTheNameAndForwards(String proxyScheme, String scheme, boolean login) throws Exception {
        try (PlainTarget target = target(scheme);
                SmallProxy proxy = proxy(proxyScheme, login);
                RouteClient client = RouteClient.to(
                        scheme, "pool.example", target.port(), url(proxyScheme, login, proxy.port()))) {
            String host = "pool.example:" + target.port();
            assertThat(client.post("one")).isEqualTo(host + " /rpc?a=b one");
            assertThat(client.post("two")).isEqualTo(host + " /rpc?a=b two");
            assertThat(proxy.asked()).isNotEmpty().containsOnly(host);
            assertThat(target.proxyFields()).isEmpty();
        }
    }

    @Test
    void tunnel_keepsTheConnection() throws Exception {
        try (PlainTarget target = target("http");
                SmallProxy proxy = SmallSocksProxy.open();
                RouteClient client =
                        RouteClient.to("http", "pool.example", target.port(), url("socks5", false, proxy.port()))) {
            for (int i = 0; i < 5; i++) {
                client.post("x".repeat(100_000));
            }
            assertThat(proxy.asked()).hasSize(1);
        }
    }

    @Test
    void plainTarget_isAskedForByItsWholeUrl() throws Exception {
        try (PlainTarget target = target("http");
                SmallHttpProxy proxy = SmallHttpProxy.withLogin("me:pw");
                RouteClient client = RouteClient.to(
                        "http", "mining_node", target.port(), "http://me:pw@127.0.0.1:" + proxy.port())) {
            assertThat(client.post("x")).startsWith("mining_node:" + target.port() + " /rpc");
            assertThat(proxy.heads()).singleElement().asString()
                    .startsWith("POST http://mining_node:" + target.port() + "/rpc?a=b HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: Basic bWU6cHc=\r\n")
                    .doesNotContain("Relay");
        }
    }

    @Test
    void certificateForAnotherHost_isNotAccepted() throws Exception {
        try (PlainTarget target = target("https");
                SmallProxy proxy = SmallHttpProxy.open();
                RouteClient client =
                        RouteClient.to("https", "other.example", target.port(), url("http", false, proxy.port()))) {
            assertThatThrownBy(() -> client.post("x")).isInstanceOf(SSLException.class);
        }
    }

    // --- without a proxy

    @ParameterizedTest
    @ValueSource(strings = {"mining_node", "node.example", "127.0.0.1"})
    void target_isReachedDirectly(String host) throws Exception {
        try (PlainTarget target = target("http");
                RouteClient client = RouteClient.to("http", host, target.port(), "none")) {
            assertThat(client.post("x")).isEqualTo(host + ":" + target.port() + " /rpc?a=b x");
            assertThat(target.proxyFields()).isEmpty();
        }
    }

    @Test
    void nameWithTls_isReachedDirectly() throws Exception {
        try (PlainTarget target = target("https");
                RouteClient client = new RouteClient("https://pool.example:" + target.port() + "/", "pool.example",
                        target.port(), new ProxySettings.None(), RouteClient.LONG,
                        host -> List.of(InetAddress.getLoopbackAddress()))) {
            assertThat(client.post("x")).isEqualTo("pool.example:" + target.port() + " / x");
        }
    }

    @Test
    void addressThatRefuses_isFollowedByTheNext() throws Exception {
        try (PlainTarget target = target("http");
                RouteClient client = new RouteClient("http://pool.example:" + target.port() + "/", "pool.example",
                        target.port(), new ProxySettings.None(), RouteClient.LONG,
                        host -> List.of(
                                InetAddress.getByName("127.0.0.77"), InetAddress.getLoopbackAddress()))) {
            assertThat(client.post("x")).isEqualTo("pool.example:" + target.port() + " / x");
        }
    }

    @Test
    void unknownName_isReported() throws Exception {
        try (RouteClient client = RouteClient.to("http", "nowhere.example", 80, "none")) {
            assertThat(client.failure()).isEqualTo(DialFailure.of("unknown host"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void refusedConnection_isReported(String scheme) throws Exception {
        try (RouteClient client = RouteClient.to(scheme, "node.example", closedPort(), "none")) {
            assertThat(client.failure()).isEqualTo(DialFailure.refused("cannot connect: connection refused"));
        }
    }

    // --- proxies that do not forward

    @ParameterizedTest
    @CsvSource({
        "http, http, 'cannot connect (HTTP 503, ERR_CONNECT_FAIL 111)'",
        "http, https, 'cannot connect (HTTP 503, ERR_CONNECT_FAIL 111)'",
        "socks5, http, cannot connect: connection refused (SOCKS error 5)"
    })
    void targetThatRefuses_isReportedAsSuch(String proxyScheme, String scheme, String message) throws Exception {
        try (SmallProxy proxy = proxy(proxyScheme, false);
                RouteClient client = RouteClient.to(
                        scheme, "pool.example", closedPort(), url(proxyScheme, false, proxy.port()))) {
            assertThat(client.failure())
                    .isEqualTo(
                            DialFailure.refused("the proxy " + url(proxyScheme, false, proxy.port()) + " " + message));
        }
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https", "socks5, http", "socks5, https"})
    void proxyThatIsNotThere_isNotARefusalOfTheTarget(String proxyScheme, String scheme) throws Exception {
        String proxy = url(proxyScheme, false, closedPort());
        try (RouteClient client = RouteClient.to(scheme, "pool.example", 443, proxy)) {
            assertThat(client.failure())
                    .isEqualTo(DialFailure.of("the proxy " + proxy + " cannot be reached: connection refused;"
                            + " check that it runs and that upstream.proxy is right"));
        }
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https"})
    void missingLogin_isReported(String proxyScheme, String scheme) throws Exception {
        try (SmallProxy proxy = proxy(proxyScheme, true);
                RouteClient client =
                        RouteClient.to(scheme, "pool.example", 443, url(proxyScheme, false, proxy.port()))) {
            assertThat(client.failure().message())
                    .endsWith(" requires a login (HTTP 407); add USER:PASSWORD@ before the host in upstream.proxy");
        }
    }

    @Test
    void missingLoginForSocks_isReported() throws Exception {
        try (SmallProxy proxy = proxy("socks5", true);
                RouteClient client = RouteClient.to("http", "pool.example", 80, url("socks5", false, proxy.port()))) {
            assertThat(client.failure().message())
                    .endsWith(" requires a login; add USER:PASSWORD@ before the host in upstream.proxy");
        }
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https", "socks5, http"})
    void wrongLogin_isReportedWithoutIt(String proxyScheme, String scheme) throws Exception {
        try (SmallProxy proxy = proxy(proxyScheme, true);
                RouteClient client = RouteClient.to(
                        scheme, "pool.example", 443, proxyScheme + "://me:wrong@127.0.0.1:" + proxy.port())) {
            assertThat(client.failure().message())
                    .contains("does not accept user and password")
                    .endsWith("correct them in upstream.proxy")
                    .doesNotContain("wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5", "http"})
    void proxyThatHangs_timesOut(String proxyScheme) throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RouteClient client = RouteClient.to("https", "pool.example", 443,
                        url(proxyScheme, false, mute.getLocalPort()), Duration.ofMillis(300))) {
            DialFailure failure = client.failure();
            assertThat(failure.message()).contains(" gave no answer within 300 ms; check that upstream.proxy names");
            assertThat(failure.timedOut()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "socks5, 'HTTP/1.1 400 Bad Request\r\n\r\n', ' is an HTTP proxy: write http:// instead of socks5://'",
        "socks5, 'SSH-2.0', ' is not a SOCKS5 proxy; check upstream.proxy'",
        "http, 'SSH-2.0-OpenSSH\r\n', ' is not an HTTP proxy: its answer is not HTTP; check upstream.proxy'",
        "http, 'HTTP/1.0 403 Forbidden\r\n\r\n', ' does not allow this connection (HTTP 403 Forbidden); allow CONNECT'",
        "http, 'HTTP/1.0 502 Bad\r\n\r\n', ' cannot connect (HTTP 502 Bad)'",
        "http, 'HTTP/1.0 504 Late\r\n\r\n', ' cannot connect in time (HTTP 504 Late)'",
        "http, 'HTTP/1.0 200', ' closed the connection without an answer; check that upstream.proxy'",
        "http, 'HTTP/1.0 407 No\r\nProxy-Authenticate: NTLM\r\n\r\n', ' requires a login by NTLM (HTTP 407); only Basic'"
    })
    void strangeAnswer_isExplained(String proxyScheme, String answer, String message) throws Exception {
        try (ServerSocket strange = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                RouteClient client = RouteClient.to(
                        "https", "pool.example", 443, url(proxyScheme, false, strange.getLocalPort()))) {
            Thread.ofPlatform().daemon().start(() -> answer(strange, answer));
            assertThat(client.failure().message()).contains("the proxy " + proxyScheme + "://127.0.0.1")
                    .contains(message);
        }
    }

    private static void answer(ServerSocket listener, String text) {
        try (Socket socket = listener.accept()) {
            socket.getInputStream().read();
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException ended) {
            return;
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
