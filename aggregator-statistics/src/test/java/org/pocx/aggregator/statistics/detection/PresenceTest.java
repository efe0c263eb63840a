package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceTest {
    private final Presence presence = new Presence();

    private void seenAt(double seconds) {
        presence.seen(nanos(seconds));
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.4, 4, 120, 3_600, 1_000_000})
    void seenInEachQuarter_isWhole(double length) {
        for (double at : new double[] {0.1, 0.3, 0.6, 0.9}) {
            seenAt(at * length);
        }

        assertThat(presence.isWhole(nanos(length))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void notSeenInOneQuarter_isNotWhole(int missing) {
        int middle = 30 * missing + 15;
        IntStream.range(0, 120).filter(second -> Math.abs(second - middle) > 17).forEach(this::seenAt);

        assertThat(presence.isWhole(Duration.ofSeconds(120).toNanos())).isFalse();
    }

    @Test
    void seenAtTheStartOfALongRoundOnly_isNotWhole() {
        IntStream.range(0, 60).forEach(this::seenAt);

        assertThat(presence.isWhole(nanos(100_000))).isFalse();
    }

    @Test
    void neverSeen_isNotWhole() {
        assertThat(presence.isWhole(nanos(60))).isFalse();
        assertThat(presence.isWhole(0)).isFalse();
    }
}
