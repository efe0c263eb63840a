package org.pocx.aggregator.statistics.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LatenciesTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1000,0", "1001,1", "2000,2", "2001,3", "16000,8", "1000000,20", "86400000000,39"})
    void time_countsInTheClassThatReachesIt(long micros, int expected) {
        assertThat(Latencies.classOf(Duration.ofNanos(micros * 1_000))).isEqualTo(expected);
    }

    @Test
    void sum_hasTheCountsOfBoth() {
        Latencies sum = Latencies.of(1, 2).plus(Latencies.of(10, 20, 30));

        assertThat(sum).isEqualTo(new Latencies(List.of(11L, 22L, 30L)));
        assertThat(sum.count()).isEqualTo(63);
    }

    @Test
    void quantiles_lieInTheClassThatHoldsThem() {
        Latencies latencies = Latencies.of(0, 0, 0, 0, 90, 0, 0, 0, 10);

        assertThat(latencies.quantileMillis(0.5)).isBetween(2.8, 4.0);
        assertThat(latencies.quantileMillis(0.95)).isBetween(11.3, 16.0);
        assertThat(latencies.quantileMillis(1)).isCloseTo(16, within(1e-9));
    }

    @Test
    void nothingAnswered_hasNoQuantile() {
        assertThat(Latencies.NONE.quantileMillis(0.5)).isNaN();
    }

    @Test
    void zerosAtTheEnd_areLeftOut() {
        assertThat(Latencies.of(3, 0, 0).counts()).containsExactly(3L);
    }

    @Test
    void moreClassesThanThereAre_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Latencies(Collections.nCopies(Latencies.CLASSES + 1, 0L)));
    }
}
