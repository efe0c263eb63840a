package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long START = Long.MAX_VALUE - 5; // so that the clock overflows

    private final Patience patience = new Patience(START);

    @Test
    void beforeTheFirstAnswer_anUpstreamMayTakeASecond() {
        assertThat(patience.nanos(Health.UNKNOWN, START)).isEqualTo(ms(1_200));
    }

    @Test
    void quickAnswers_shortenIt_toAFifthOfASecond() {
        quickAnswers();

        assertThat(patience.nanos(Health.UNKNOWN, START)).isEqualTo(ms(200));
    }

    @Test
    void slowAnswer_prolongsItAtOnce_toTwoSecondsAtMost() {
        patience.answered(Health.PROVEN, ms(600), START);
        assertThat(patience.nanos(Health.PROVEN, START)).isGreaterThan(ms(1_500));

        patience.answered(Health.PROVEN, ms(10_000), START);

        assertThat(patience.nanos(Health.PROVEN, START)).isEqualTo(ms(2_000));
    }

    @Test
    void givingUp_shortensIt_forThatHealthAlone_andForAWhile() {
        quickAnswers();
        patience.gaveUp(Health.UNKNOWN, START);

        assertThat(patience.nanos(Health.UNKNOWN, START)).isEqualTo(ms(100));
        assertThat(patience.isClogged(Health.UNKNOWN, START + ms(4_999))).isTrue();
        assertThat(patience.nanos(Health.PROVEN, START)).isEqualTo(ms(200));
        assertThat(patience.isClogged(Health.UNKNOWN, START + ms(5_000))).isFalse();
    }

    @Test
    void silenceFromTheBeginning_halvesIt_toAFifthOfASecond() {
        patience.gaveUp(Health.UNKNOWN, START);
        assertThat(patience.nanos(Health.UNKNOWN, START)).isEqualTo(ms(600));

        for (int i = 0; i < 1_000; i++) {
            patience.gaveUp(Health.UNKNOWN, START);
        }

        assertThat(patience.nanos(Health.UNKNOWN, START)).isEqualTo(ms(200));
    }

    @Test
    void eachStrike_givesTheNextAttemptFourTimesAsLong() {
        quickAnswers();

        assertThat(patience.nanos(Health.TIMED_OUT, 1, START)).isEqualTo(ms(800));
        assertThat(patience.nanos(Health.TIMED_OUT, 2, START)).isEqualTo(ms(3_200));
        assertThat(patience.nanos(Health.TIMED_OUT, 1_000_000, START)).isGreaterThan(ms(300_000));
    }

    @Test
    void answersOfOneHealth_doNotVouchForAnother() {
        long later = START + ms(1_199);
        patience.answered(Health.PROVEN, ms(300), later);

        assertThat(patience.isOver(Health.UNKNOWN, later)).isFalse();
        assertThat(patience.isOver(Health.UNKNOWN, later + ms(1))).isTrue();
        assertThat(patience.isOver(Health.PROVEN, later + ms(1))).isFalse();
    }

    private void quickAnswers() {
        for (int i = 0; i < 50; i++) {
            patience.answered(Health.PROVEN, ms(3), START);
        }
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
