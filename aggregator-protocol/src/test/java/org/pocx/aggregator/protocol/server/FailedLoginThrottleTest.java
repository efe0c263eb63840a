package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailedLoginThrottleTest {
    private long now = Long.MAX_VALUE - 5;
    private final FailedLoginThrottle guesses = new FailedLoginThrottle(() -> now);

    @Test
    void delay_doublesUpToTheLongest() {
        assertThat(guesses.wrong("a")).isEqualTo(Duration.ofMillis(250));
        assertThat(guesses.wrong("a")).isEqualTo(Duration.ofMillis(500));
        assertThat(guesses.wrong("a")).isEqualTo(Duration.ofSeconds(1));
        assertThat(guesses.wrong("a")).isEqualTo(Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            assertThat(guesses.wrong("a")).isEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    void addresses_areCountedEachByItself() {
        guesses.wrong("a");
        assertThat(guesses.wrong("b")).isEqualTo(FailedLoginThrottle.FIRST);
    }

    @Test
    void quietAddress_isForgotten() {
        guesses.wrong("a");
        now += FailedLoginThrottle.REMEMBERED.toNanos();
        assertThat(guesses.wrong("a")).isEqualTo(FailedLoginThrottle.FIRST);
    }

    @Test
    void tableIsFull_theOldestGivesWay() {
        for (int i = 0; i <= FailedLoginThrottle.MAX_ADDRESSES; i++) {
            guesses.wrong("address " + i);
        }
        assertThat(guesses.remembered()).isEqualTo(FailedLoginThrottle.MAX_ADDRESSES);
        assertThat(guesses.wrong("address 1")).isEqualTo(Duration.ofMillis(500));
        assertThat(guesses.wrong("address 0")).isEqualTo(FailedLoginThrottle.FIRST);
    }
}
