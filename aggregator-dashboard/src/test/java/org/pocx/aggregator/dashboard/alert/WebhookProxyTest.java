package org.pocx.aggregator.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.http.testkit.SmallHttpProxy;
import org.pocx.aggregator.http.testkit.SmallProxy;
import org.pocx.aggregator.http.testkit.SmallSocksProxy;

/** A webhook whose name only a proxy knows. */
@Timeout(180)
class WebhookProxyTest {
    private static Webhook webhook(int port, String proxy) {
        return new Webhook(
                new AlertSettings(
                        URI.create("http://hooks.example:" + port + "/token"), "farm", "pool", 60, "test/1",
                        ProxySettings.parse(proxy, "HTTP_PROXY")),
                Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5"})
    void message_goesThroughTheProxy(String scheme) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        try (SmallProxy proxy = scheme.equals("http") ? SmallHttpProxy.open() : SmallSocksProxy.open();
                Webhook webhook = webhook(port, scheme + "://127.0.0.1:" + proxy.port())) {
            assertThat(webhook.post(new byte[0])).isEqualTo(new Webhook.Result.Done());
            assertThat(proxy.asked()).containsExactly("hooks.example:" + port);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void refusalOfTheProxy_isTriedAgainAndNamed() throws Exception {
        try (SmallProxy proxy = SmallHttpProxy.withLogin("me:pw");
                Webhook webhook = webhook(1, "http://me:hush@127.0.0.1:" + proxy.port())) {
            assertThat(webhook.post(new byte[0]))
                    .isEqualTo(new Webhook.Result.Failed(
                            "the proxy http://127.0.0.1:" + proxy.port()
                                    + " does not accept user and password (HTTP 407); correct them in HTTP_PROXY",
                            Duration.ZERO));
        }
    }
}
