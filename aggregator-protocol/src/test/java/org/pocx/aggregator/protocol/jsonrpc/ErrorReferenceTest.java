package org.pocx.aggregator.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

class ErrorReferenceTest {
    @ParameterizedTest
    @ValueSource(longs = {-8, -32001, 0, Long.MIN_VALUE, Long.MAX_VALUE})
    void code_isReadBack(long code) {
        UpstreamMessage message = ErrorReference.message(code, "bad");

        assertThat(message.text()).isEqualTo("bad");
        assertThat(ErrorReference.code(message)).hasValue(code);
    }

    @Test
    void messageWithoutReference_hasNoCode() {
        assertThat(ErrorReference.code(UpstreamMessage.of("bad"))).isEmpty();
    }

    @Test
    void referenceOfAnotherAdapter_hasNoCode() {
        assertThat(ErrorReference.code(new UpstreamMessage("bad", "E-17"))).isEmpty();
    }
}
