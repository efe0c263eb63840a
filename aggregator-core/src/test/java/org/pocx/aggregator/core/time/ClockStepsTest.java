package org.pocx.aggregator.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.SettableClock;

class ClockStepsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final ClockSteps steps = new ClockSteps(clock, nanoTime::get);

    private void pass(Duration time) {
        clock.advance(time);
        nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void timeThatPasses_isNoStep() {
        pass(HOUR);
        assertThat(steps.look()).isZero();
    }

    @Test
    void clockSetBack_isANegativeStep() {
        pass(HOUR);
        clock.set(clock.instant().minus(HOUR.multipliedBy(3)));
        assertThat(steps.look()).isEqualTo(HOUR.multipliedBy(-3));
    }

    @Test
    void clockSetAhead_isAStepOnce() {
        pass(HOUR);
        clock.advance(HOUR);
        assertThat(steps.look()).isEqualTo(HOUR);
        pass(HOUR);
        assertThat(steps.look()).isZero();
    }
}
