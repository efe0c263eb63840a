package org.pocx.aggregator.protocol.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeenNamesTest {
    private final SeenNames names = new SeenNames(List.of("a", "b"));

    @Test
    void name_isNewOnce_whetherExpectedOrNot() {
        assertThat(names.add("b")).isTrue();
        assertThat(names.add("x")).isTrue();
        assertThat(names.add("b")).isFalse();
        assertThat(names.add("x")).isFalse();
        assertThat(names.add("y")).isTrue();
    }

    @Test
    void missing_isTheFirstThatIsExpected() {
        assertThat(names.missing()).isEqualTo("a");
        names.add("a");
        assertThat(names.missing()).isEqualTo("b");
        names.add("b");
        assertThat(names.missing()).isNull();
    }
}
