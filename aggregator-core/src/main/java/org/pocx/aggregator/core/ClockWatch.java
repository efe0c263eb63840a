package org.pocx.aggregator.core;

import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.time.ClockSteps;

/**
 * Tells when the wall clock was set. Confined to the scheduler's thread.
 *
 * <p>Nothing but timestamps depends on the wall clock, so that an operator need only know why they jump.
 */
final class ClockWatch {
    /** Less is what time servers correct every day. */
    static final Duration LEAST = Duration.ofSeconds(30);

    private final ClockSteps steps;
    private final AggregatorListener listener;

    ClockWatch(ClockSteps steps, AggregatorListener listener) {
        this.steps = steps;
        this.listener = listener;
    }

    void check() {
        Duration step = steps.look().step();
        if (step.abs().compareTo(LEAST) >= 0) {
            listener.on(new AggregatorEvent.ClockChanged(step));
        }
    }
}
