package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private long now = Long.MAX_VALUE - 5;
    private final Guesses guesses = new Guesses(() -> now);

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
        assertThat(guesses.wrong("b")).isEqualTo(Guesses.FIRST);
    }

    @Test
    void quietAddress_isForgotten() {
        guesses.wrong("a");
        now += Guesses.REMEMBERED.toNanos();
        assertThat(guesses.wrong("a")).isEqualTo(Guesses.FIRST);
    }

    @Test
    void tableIsFull_theOldestGivesWay() {
        for (int i = 0; i <= Guesses.MAX_ADDRESSES; i++) {
            guesses.wrong("address " + i);
        }
        assertThat(guesses.remembered()).isEqualTo(Guesses.MAX_ADDRESSES);
        assertThat(guesses.wrong("address 1")).isEqualTo(Duration.ofMillis(500));
        assertThat(guesses.wrong("address 0")).isEqualTo(Guesses.FIRST);
    }
}
