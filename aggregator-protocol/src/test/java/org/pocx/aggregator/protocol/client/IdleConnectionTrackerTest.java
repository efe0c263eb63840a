package org.pocx.aggregator.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdleConnectionTrackerTest {
    private long now = Long.MAX_VALUE - 5;
    private final IdleConnectionTracker idle = new IdleConnectionTracker(() -> now);

    @Test
    void firstRequest_isOnANewConnection() {
        assertThat(idle.onRequest()).isFalse();
    }

    @Test
    void requestAfterAResponse_isPossiblyOnAReusedConnection() {
        idle.onConnectionKept();
        assertThat(idle.onRequest()).isTrue();
        assertThat(idle.onRequest()).isFalse();
    }

    @Test
    void requestAfterTheMaximumIdleTime_isOnANewConnection() {
        idle.onConnectionKept();
        now += IdleConnectionTracker.MAX_IDLE.toNanos() + 1;
        assertThat(idle.onRequest()).isFalse();
    }

    @Test
    void clear_forgetsAllConnections() {
        idle.onConnectionKept();
        idle.onConnectionKept();
        idle.clear();
        assertThat(idle.onRequest()).isFalse();
    }
}
