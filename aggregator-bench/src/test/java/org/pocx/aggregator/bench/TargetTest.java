package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @Test
    void requestToAUrl_hasItsHostPathAndCredentials() {
        Target target = Target.of(URI.create("http://me:secret@127.0.0.1:8080/pocx"));

        String request = new String(target.request(AsciiBytes.of("{}")), StandardCharsets.US_ASCII);
        assertThat(request)
                .startsWith("POST /pocx HTTP/1.1\r\nhost: 127.0.0.1:8080\r\n")
                .contains("authorization: Basic bWU6c2VjcmV0\r\n")
                .endsWith("content-length: 2\r\n\r\n{}");
        assertThat(target.uri()).hasToString("http://127.0.0.1:8080/pocx");
    }

    @Test
    void urlWithoutPath_isTheRoot() {
        assertThat(Target.of(URI.create("http://127.0.0.1")).uri()).hasToString("http://127.0.0.1:80/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "127.0.0.1:80", "http:///"})
    void otherUrls_areRefused(String url) {
        assertThatThrownBy(() -> Target.of(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
    }
}
