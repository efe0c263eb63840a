package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveTimeoutTest {
    private static final long START = Long.MAX_VALUE - 5; // so that the clock overflows

    private final AdaptiveTimeout timeout = new AdaptiveTimeout(START);

    @Test
    void beforeTheFirstAnswer_anUpstreamMayTakeASecond() {
        assertThat(timeout.nanos(KeyStatus.UNKNOWN, START)).isEqualTo(ms(1_200));
    }

    @Test
    void quickAnswers_shortenIt_toAFifthOfASecond() {
        quickAnswers();

        assertThat(timeout.nanos(KeyStatus.UNKNOWN, START)).isEqualTo(ms(200));
    }

    @Test
    void slowAnswer_prolongsItAtOnce_toTwoSecondsAtMost() {
        timeout.answered(KeyStatus.PROVEN, ms(600), START);
        assertThat(timeout.nanos(KeyStatus.PROVEN, START)).isGreaterThan(ms(1_500));

        timeout.answered(KeyStatus.PROVEN, ms(10_000), START);

        assertThat(timeout.nanos(KeyStatus.PROVEN, START)).isEqualTo(ms(2_000));
    }

    @Test
    void givingUp_shortensIt_forThatHealthAlone_andForAWhile() {
        quickAnswers();
        timeout.gaveUp(KeyStatus.UNKNOWN, START);

        assertThat(timeout.nanos(KeyStatus.UNKNOWN, START)).isEqualTo(ms(100));
        assertThat(timeout.isClogged(KeyStatus.UNKNOWN, START + ms(4_999))).isTrue();
        assertThat(timeout.nanos(KeyStatus.PROVEN, START)).isEqualTo(ms(200));
        assertThat(timeout.isClogged(KeyStatus.UNKNOWN, START + ms(5_000))).isFalse();
    }

    @Test
    void silenceFromTheBeginning_halvesIt_toAFifthOfASecond() {
        timeout.gaveUp(KeyStatus.UNKNOWN, START);
        assertThat(timeout.nanos(KeyStatus.UNKNOWN, START)).isEqualTo(ms(600));

        for (int i = 0; i < 1_000; i++) {
            timeout.gaveUp(KeyStatus.UNKNOWN, START);
        }

        assertThat(timeout.nanos(KeyStatus.UNKNOWN, START)).isEqualTo(ms(200));
    }

    @Test
    void eachStrike_givesTheNextAttemptFourTimesAsLong() {
        quickAnswers();

        assertThat(timeout.nanos(KeyStatus.TIMED_OUT, 1, START)).isEqualTo(ms(800));
        assertThat(timeout.nanos(KeyStatus.TIMED_OUT, 2, START)).isEqualTo(ms(3_200));
        assertThat(timeout.nanos(KeyStatus.TIMED_OUT, 1_000_000, START)).isGreaterThan(ms(300_000));
    }

    @Test
    void answersOfOneHealth_doNotVouchForAnother() {
        long later = START + ms(1_199);
        timeout.answered(KeyStatus.PROVEN, ms(300), later);

        assertThat(timeout.isOver(KeyStatus.UNKNOWN, later)).isFalse();
        assertThat(timeout.isOver(KeyStatus.UNKNOWN, later + ms(1))).isTrue();
        assertThat(timeout.isOver(KeyStatus.PROVEN, later + ms(1))).isFalse();
    }

    private void quickAnswers() {
        for (int i = 0; i < 50; i++) {
            timeout.answered(KeyStatus.PROVEN, ms(3), START);
        }
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
