package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialRedactorTest {
    private static String redacted(String body, String authorization) {
        UpstreamResponse response = new UpstreamResponse(200, body.getBytes(StandardCharsets.UTF_8));
        return new String(CredentialRedactor.redact(response, authorization).body(), StandardCharsets.UTF_8);
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void echoedToken_isMasked() {
        assertThat(redacted("bad header: Bearer abc-token é", "Bearer abc-token"))
                .isEqualTo("bad header: Bearer ******** é");
    }

    @Test
    void echoedLogin_isMaskedEncodedAndInPlainText() {
        assertThat(redacted("no " + basic("me:sesame") + ", no sesame", basic("me:sesame")))
                .isEqualTo("no Basic ********, no ********");
    }

    @Test
    void result_isUnchanged() {
        String result = "{\"result\":{\"raw_quality\":123456,\"poc_time\":7},\"id\":1}";
        assertThat(redacted(result, basic("me:123456"))).isEqualTo(result);
    }

    @Test
    void shortOrEmptyPassword_isNotMasked() {
        assertThat(redacted("a reason", basic("me:a"))).isEqualTo("a reason");
        assertThat(redacted("a reason", "")).isEqualTo("a reason");
    }
}
