package org.pocx.aggregator.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MessageRateLimiterTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long START = Long.MAX_VALUE - MINUTE; // so that it overflows in a test

    private final MessageRateLimiter budget = new MessageRateLimiter(60, START);

    @Test
    void afterQuiet_tenMayGoAtOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(budget.untilOne(START)).isZero();
            assertThat(budget.available(START)).isEqualTo(10 - i);
            budget.spend(START);
        }

        assertThat(budget.available(START)).isZero();
        assertThat(budget.untilOne(START)).isEqualTo(MINUTE);
    }

    @Test
    void spentBudget_growsByTheHourlyRate() {
        for (int i = 0; i < 10; i++) {
            budget.spend(START);
        }

        assertThat(budget.available(START + MINUTE - 1)).isZero();
        assertThat(budget.available(START + MINUTE)).isEqualTo(1);
        assertThat(budget.available(START + 3 * MINUTE)).isEqualTo(3);
        assertThat(budget.available(START + 600 * MINUTE)).isEqualTo(10);
    }

    @Test
    void messagesPerHour_areAtMostTheLimitAndTheBurst() {
        int sent = 0;
        for (int second = 0; second < 3_600; second++) {
            long now = START + second * (MINUTE / 60);
            while (budget.available(now) > 0) {
                budget.spend(now);
                sent++;
            }
        }

        assertThat(sent).isEqualTo(69);
    }

    @Test
    void oneAnHour_isOneAtOnce() {
        MessageRateLimiter scarce = new MessageRateLimiter(1, START);
        scarce.spend(START);

        assertThat(scarce.available(START + 59 * MINUTE)).isZero();
        assertThat(scarce.untilOne(START + 59 * MINUTE)).isEqualTo(MINUTE);
        assertThat(scarce.available(START + 60 * MINUTE)).isEqualTo(1);
    }
}
