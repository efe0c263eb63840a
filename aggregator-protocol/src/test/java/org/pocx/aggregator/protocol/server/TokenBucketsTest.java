package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private long now = Long.MAX_VALUE - 5;
    private int limit = 3;
    private final TokenBuckets rate = new TokenBuckets(() -> limit, () -> now);

    private int admitted(String address, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += rate.admit(address) ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void burst_isLimitedToASecondsWorth() {
        assertThat(admitted("a", 10)).isEqualTo(3);
        assertThat(admitted("b", 10)).isEqualTo(3);
    }

    @Test
    void time_givesThemBack() {
        admitted("a", 10);
        now += Duration.ofMillis(700).toNanos();
        assertThat(admitted("a", 10)).isEqualTo(2);
        now += Duration.ofHours(1).toNanos();
        assertThat(admitted("a", 10)).isEqualTo(3);
    }

    @Test
    void requestThatWasOvertaken_costsNoMoreThanItself() {
        assertThat(admitted("a", 1)).isEqualTo(1);
        now -= Duration.ofSeconds(2).toNanos();
        assertThat(admitted("a", 1)).isEqualTo(1);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(admitted("a", 10)).isEqualTo(1);
    }

    @Test
    void noLimit_admitsAllAndStoresNoAddress() {
        limit = 0;
        assertThat(admitted("a", 100)).isEqualTo(100);
        assertThat(rate.remembered()).isZero();
    }

    @Test
    void table_isBounded() {
        for (int i = 0; i <= TokenBuckets.MAX_ADDRESSES; i++) {
            rate.admit("address " + i);
        }
        assertThat(rate.remembered()).isEqualTo(TokenBuckets.MAX_ADDRESSES);
    }
}
