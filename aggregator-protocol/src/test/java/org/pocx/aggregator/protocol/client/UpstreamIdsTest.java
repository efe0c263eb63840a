package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UpstreamIdsTest {
    private static final String URL = "http://pool.example.com/";

    private static String id(String url, String user, String node) {
        return UpstreamIds.of(URI.create(url), user, node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP://Pool.Example.COM", "http://pool.example.com:80/", "http://pool.example.com"})
    void otherSpelling_sameId(String url) {
        assertThat(id(url, "u", "n")).isEqualTo(id(URL, "u", "n")).matches("[0-9a-f]{16}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://pool.example.com/", "http://pool.example.com:81/",
        "http://pool.example.com/wallet/a"})
    void otherAddress_otherId(String url) {
        assertThat(id(url, "u", "n")).isNotEqualTo(id(URL, "u", "n"));
    }

    @Test
    void otherUser_otherId() {
        assertThat(id(URL, "other", "n")).isNotEqualTo(id(URL, "u", "n"));
    }

    @Test
    void otherNode_matters_onThisMachineOnly() {
        assertThat(id(URL, "u", "other")).isEqualTo(id(URL, "u", "n"));
        for (String url : new String[] {"http://127.0.0.1:8332/", "http://localhost:8332/", "http://[::1]:8332/"}) {
            assertThat(id(url, "u", "other")).isNotEqualTo(id(url, "u", "n"));
        }
    }
}
