package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.http.outbound.HostResolver;
import org.pocx.aggregator.http.outbound.OutboundRoute;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.http.testkit.SmallHttpProxy;
import org.pocx.aggregator.http.testkit.SmallProxy;
import org.pocx.aggregator.http.testkit.SmallSocksProxy;
import org.pocx.aggregator.protocol.Samples;
import org.pocx.aggregator.protocol.client.HttpTransport.PostResult;

/** An upstream behind a proxy, and one whose name only a resolver of the test knows. */
@Timeout(180)
class UpstreamProxyTest {
    private static final String ACCEPTED = "{\"result\":{\"raw_quality\":99},\"id\":1}";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final WireMockServer pool = new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void start() {
        pool.start();
        pool.stubFor(WireMock.post("/rpc").willReturn(WireMock.aResponse().withBody(ACCEPTED)));
    }

    @AfterEach
    void stop() {
        pool.stop();
    }

    private static RpcUpstreamSettings settings(String host, int port, String proxy) {
        return new RpcUpstreamSettings(
                URI.create("http://" + host + ":" + port + "/rpc"), new Credentials.Bearer("token"), TIMEOUT)
                .withProxy(ProxySettings.parse(proxy, "HTTP_PROXY"));
    }

    private SubmitOutcome submit(String proxy) {
        return submit(pool.port(), proxy);
    }

    private static SubmitOutcome submit(int port, String proxy) {
        try (RpcUpstream upstream = new RpcUpstream(settings("pool.example", port, proxy))) {
            return upstream.submit(Samples.submission());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void submission_goesThroughTheProxy(String scheme) throws Exception {
        try (SmallProxy proxy =
                scheme.equals("http") ? SmallHttpProxy.withLogin("me:pw") : SmallSocksProxy.withLogin("me:pw")) {
            assertThat(submit(scheme + "://me:pw@127.0.0.1:" + proxy.port())).isEqualTo(new SubmitOutcome.Accepted(99));
            assertThat(proxy.asked()).containsExactly("pool.example:" + pool.port());
        }
        pool.verify(WireMock.postRequestedFor(WireMock.urlEqualTo("/rpc"))
                .withHeader("Host", WireMock.equalTo("pool.example:" + pool.port()))
                .withHeader("Authorization", WireMock.equalTo("Bearer token"))
                .withHeader("Proxy-Authorization", WireMock.absent()));
    }

    @Test
    void upstreamThatRefuses_isRefusedBehindAProxyToo() throws Exception {
        int port = pool.port();
        pool.stop();
        try (SmallProxy proxy = SmallSocksProxy.open()) {
            assertThat(submit(port, "socks5://127.0.0.1:" + proxy.port()))
                    .isInstanceOfSatisfying(UpstreamTrouble.class, end -> assertThat(end.kind())
                            .isEqualTo(UpstreamTrouble.Kind.CONNECTION_REFUSED));
        }
    }

    @Test
    void missingLogin_isNamedTogetherWithItsSetting() throws Exception {
        try (SmallProxy proxy = SmallHttpProxy.withLogin("me:pw")) {
            assertThat(submit("http://127.0.0.1:" + proxy.port()))
                    .isInstanceOfSatisfying(UpstreamTrouble.class, end -> assertThat(end.message().text())
                            .startsWith("http://pool.example:")
                            .endsWith("the proxy http://127.0.0.1:" + proxy.port() + " requires a login (HTTP 407);"
                                    + " add USER:PASSWORD@ before the host in HTTP_PROXY"));
        }
    }

    @Test
    void statusThatMayBeOfTheProxy_namesIt() throws Exception {
        pool.stubFor(WireMock.post("/rpc").willReturn(WireMock.aResponse().withStatus(403)));
        try (SmallProxy proxy = SmallHttpProxy.open()) {
            assertThat(submit("http://127.0.0.1:" + proxy.port()))
                    .isInstanceOfSatisfying(UpstreamTrouble.class, end -> assertThat(end.message().text())
                            .contains("/rpc through the proxy http://127.0.0.1:" + proxy.port() + ": HTTP 403"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mining_node", "node.example"})
    void name_isResolvedToTheAddressThatAccepts(String host) throws Exception {
        RpcUpstreamSettings settings = settings(host, pool.port(), "none");
        HostResolver resolver =
                name -> List.of(InetAddress.getByName("127.0.0.77"), InetAddress.getLoopbackAddress());
        try (HttpTransport transport = new HttpTransport(
                settings,
                OutboundRoute.to(HttpTransport.target(settings), settings.proxy(), TIMEOUT, resolver))) {
            assertThat(transport.post(new byte[0], "", Map.of(), Deadline.in(TIMEOUT)))
                    .isInstanceOf(PostResult.Answered.class);
        }
        pool.verify(WireMock.postRequestedFor(WireMock.urlEqualTo("/rpc"))
                .withHeader("Host", WireMock.equalTo(host + ":" + pool.port())));
    }
}
