package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.FakeUpstream;

class AggregatorBuilderTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.5S", "PT1.5S", "PT-5S", "PT86401S", "P400D"})
    void blockTimeOutOfItsRange_isRefused(String time) {
        AggregatorBuilder builder = builder().blockTime(Duration.parse(time));

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("block time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "P1D"})
    void blockTimeAtTheEndsOfItsRange_isTaken(String time) {
        builder().blockTime(Duration.parse(time)).build().close();
    }

    @Test
    void blockTime_hasADefault() {
        builder().build().close();
    }

    private static AggregatorBuilder builder() {
        return Aggregator.builder().upstream(new FakeUpstream());
    }
}
