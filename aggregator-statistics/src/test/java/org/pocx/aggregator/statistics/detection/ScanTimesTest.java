package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScanTimesTest {
    private final ScanTimes times = new ScanTimes();

    private void add(int from, int to) {
        for (int seconds = from; seconds <= to; seconds++) {
            times.add(Duration.ofSeconds(seconds).toNanos());
        }
    }

    @Test
    void fewRounds_doNotTellTheTime() {
        add(1, ScanTimes.LEAST - 1);
        assertThat(times.isKnown()).isFalse();

        add(1, 1);
        assertThat(times.isKnown()).isTrue();
    }

    @Test
    void percentile95_isTheTime() {
        add(1, 60);

        assertThat(times.nanos()).isEqualTo(Duration.ofSeconds(57).toNanos());
    }

    @Test
    void onlyTheLast60Rounds_count() {
        add(1_000, 1_500);
        add(1, ScanTimes.MAX);

        assertThat(times.nanos()).isEqualTo(Duration.ofSeconds(57).toNanos());
        assertThat(times.all()).hasSize(ScanTimes.MAX);
    }

    @Test
    void restoredTimes_areContinuedInTheirOrder() {
        add(1, 100);
        ScanTimes restored = new ScanTimes();

        restored.restore(times.all());
        restored.add(Duration.ofSeconds(7).toNanos());
        times.add(Duration.ofSeconds(7).toNanos());

        assertThat(restored.all()).isEqualTo(times.all());
        assertThat(restored.nanos()).isEqualTo(times.nanos());
    }
}
