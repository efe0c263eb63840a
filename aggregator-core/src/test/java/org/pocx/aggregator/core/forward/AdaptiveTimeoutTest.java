package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveTimeoutTest {
    private static final long START = Long.MAX_VALUE - 5; // so that the clock overflows

    private final AdaptiveTimeout timeout = new AdaptiveTimeout(START);

    @Test
    void beforeTheFirstAnswer_anUpstreamMayTakeASecond() {
        assertThat(timeout.nanos()).isEqualTo(ms(1_200));
    }

    @Test
    void quickAnswers_shortenIt_toAFifthOfASecond() {
        quickAnswers();

        assertThat(timeout.nanos()).isEqualTo(ms(200));
    }

    @Test
    void slowAnswer_prolongsItAtOnce_toTwoSecondsAtMost() {
        timeout.answered(ms(600), START);
        assertThat(timeout.nanos()).isGreaterThan(ms(1_500));

        timeout.answered(ms(10_000), START);

        assertThat(timeout.nanos()).isEqualTo(ms(2_000));
    }

    @Test
    void eachTimeout_givesTheNextAttemptFourTimesAsLong() {
        quickAnswers();

        assertThat(timeout.nanos(1)).isEqualTo(ms(800));
        assertThat(timeout.nanos(2)).isEqualTo(ms(3_200));
        assertThat(timeout.nanos(1_000_000)).isGreaterThan(ms(300_000));
    }

    @Test
    void silence_beginsATimeoutAfterTheLastAnswer() {
        long later = START + ms(1_199);
        assertThat(timeout.isSilent(later)).isFalse();
        assertThat(timeout.isSilent(later + ms(1))).isTrue();

        timeout.answered(ms(300), later);

        assertThat(timeout.isSilent(later + ms(1))).isFalse();
    }

    private void quickAnswers() {
        for (int i = 0; i < 50; i++) {
            timeout.answered(ms(3), START);
        }
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
