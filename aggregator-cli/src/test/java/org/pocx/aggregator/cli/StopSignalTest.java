package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class StopSignalTest {
    private long now = Long.MAX_VALUE;
    private final Map<String, Runnable> signals = new HashMap<>();
    private final BlockingQueue<Integer> halts = new LinkedBlockingQueue<>();
    private final StopSignal stop = new StopSignal(new FakeSignals(signals), () -> now, halts::add);

    @Test
    @Timeout(180)
    void firstSignal_requestsTheEnd() {
        stop.arm();
        signals.get("TERM").run();

        stop.await();
        assertThat(halts).isEmpty();
    }

    @Test
    void request_isVisible() {
        assertThat(stop.isRequested()).isFalse();
        stop.request();
        assertThat(stop.isRequested()).isTrue();
    }

    @Test
    void disarmed_leavesSignalsToTheSystem() {
        stop.arm();
        stop.disarm();

        assertThat(signals).isEmpty();
    }

    @Test
    void secondSignal_endsAtOnce() {
        stop.arm();
        signals.get("TERM").run();
        now += Duration.ofMillis(50).toNanos();
        signals.get("INT").run();

        assertThat(halts).containsExactly(1);
    }

    @Test
    void signalSentToProcessAndGroup_isOneRequest() {
        stop.arm();
        signals.get("TERM").run();
        now += Duration.ofMillis(49).toNanos();
        signals.get("TERM").run();

        assertThat(halts).isEmpty();
    }

    @Test
    void signalAfterARequest_isTheFirst() {
        stop.arm();
        stop.request();
        signals.get("INT").run();

        assertThat(halts).isEmpty();
    }

    @Test
    void workNotDoneInTime_processEnds() throws InterruptedException {
        try (StopSignal.Guard hanging = stop.limit(Duration.ofMillis(1), 7)) {
            assertThat(halts.poll(60, TimeUnit.SECONDS)).isEqualTo(7);
        }
    }
}
