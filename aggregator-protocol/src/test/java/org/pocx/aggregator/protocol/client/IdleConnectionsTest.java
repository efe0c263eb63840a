package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleConnectionsTest {
    private long now = Long.MAX_VALUE - 5;
    private final IdleConnections idle = new IdleConnections(() -> now);

    @Test
    void firstCall_isOnAFreshConnection() {
        assertThat(idle.take()).isFalse();
    }

    @Test
    void callAfterAnAnswer_mayBeOnAnIdleConnection() {
        idle.put();
        assertThat(idle.take()).isTrue();
        assertThat(idle.take()).isFalse();
    }

    @Test
    void connectionThatTheClientHasClosedByNow_isFresh() {
        idle.put();
        now += IdleConnections.LONGEST.toNanos() + 1;
        assertThat(idle.take()).isFalse();
    }

    @Test
    void afterOneWasFoundClosed_noneIsLeft() {
        idle.put();
        idle.put();
        idle.forget();
        assertThat(idle.take()).isFalse();
    }
}
