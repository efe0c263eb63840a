package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long START = Long.MAX_VALUE - 5; // so that the clock overflows

    private final Patience patience = new Patience(START);

    @Test
    void beforeTheFirstAnswer_itIsHalfASecond() {
        assertThat(patience.nanos(Health.UNKNOWN)).isEqualTo(ms(500));
    }

    @Test
    void quickAnswers_shortenIt_toAFifthOfASecond() {
        for (int i = 0; i < 20; i++) {
            patience.answered(Health.PROVEN, ms(3), START);
        }

        assertThat(patience.nanos(Health.UNKNOWN)).isEqualTo(ms(200));
    }

    @Test
    void slowAnswer_prolongsItAtOnce_toTwoSecondsAtMost() {
        patience.answered(Health.PROVEN, ms(600), START);
        assertThat(patience.nanos(Health.PROVEN)).isGreaterThan(ms(1_000));

        patience.answered(Health.PROVEN, ms(10_000), START);

        assertThat(patience.nanos(Health.PROVEN)).isEqualTo(ms(2_000));
    }

    @Test
    void givingUp_halvesIt_forThatHealthAlone_andAnswersGiveItBack() {
        patience.gaveUp(Health.UNKNOWN);
        patience.gaveUp(Health.UNKNOWN);

        assertThat(patience.nanos(Health.UNKNOWN)).isEqualTo(ms(125));
        assertThat(patience.nanos(Health.PROVEN)).isEqualTo(ms(500));

        patience.answered(Health.UNKNOWN, ms(125), START);
        patience.answered(Health.UNKNOWN, ms(125), START);

        assertThat(patience.nanos(Health.UNKNOWN)).isEqualTo(ms(500));
        assertThat(patience.isClogged(Health.UNKNOWN)).isFalse();
    }

    @Test
    void givingUpAgainAndAgain_leavesSome() {
        for (int i = 0; i < 1_000; i++) {
            patience.gaveUp(Health.UNKNOWN);
        }

        assertThat(patience.nanos(Health.UNKNOWN)).isEqualTo(ms(50));
    }

    @Test
    void answersOfOneHealth_doNotVouchForAnother() {
        long later = START + ms(499);
        patience.answered(Health.PROVEN, ms(125), later);

        assertThat(patience.isOver(Health.UNKNOWN, later)).isFalse();
        assertThat(patience.isOver(Health.UNKNOWN, later + ms(1))).isTrue();
        assertThat(patience.isOver(Health.PROVEN, later + ms(1))).isFalse();
    }

    private static long ms(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
