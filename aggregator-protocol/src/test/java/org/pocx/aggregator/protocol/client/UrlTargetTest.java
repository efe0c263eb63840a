package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://pool.example.com/pocx, pool.example.com, -1",
        "http://mining_node:8332/, mining_node, 8332",
        "http://_a.b-c_/wallet/x, _a.b-c_, -1",
        "http://[::1]:8332/, [::1], 8332"
    })
    void url_hasHostAndPort(URI url, String host, int port) {
        assertThat(UrlTarget.of(url)).contains(new UrlTarget(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://a..b_c/", "http://-a_b/", "http://a_b:x/", "http://a_b:123456/", "http://user@a_b/",
        "http://1.2.3.400/",
        "mailto:a_b"
    })
    void urlWithoutAValidHost_hasNoTarget(URI url) {
        assertThat(UrlTarget.of(url)).isEqualTo(Optional.empty());
    }

    @Test
    void underscoreWithHttps_isRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RpcUpstreamSettings(
                        URI.create("https://mining_node/"), new Credentials.None(), Duration.ofSeconds(1)))
                .withMessageContaining("underscore");
    }
}
