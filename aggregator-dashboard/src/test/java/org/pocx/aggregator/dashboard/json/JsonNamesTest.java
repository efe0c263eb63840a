package org.pocx.aggregator.dashboard.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

class JsonNamesTest {
    @ParameterizedTest
    @CsvSource({"-26, -26", "-32001, -32001", "0, 0", "'', 0", "E-17, 0"})
    void code_isTheReferenceIfItIsANumber(String reference, long code) {
        assertThat(JsonNames.code(new UpstreamMessage("bad", reference))).isEqualTo(code);
    }
}
