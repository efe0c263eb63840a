package org.pocx.aggregator.core;

import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.time.ClockSteps;
import org.pocx.aggregator.core.time.Scheduler;

/**
 * Looks each second whether the wall clock was set. Started once; stopped by any thread; what it remembers of the clock is
 * confined to the scheduler's thread.
 *
 * <p>Nothing but timestamps depends on the wall clock, so that an operator need only know why they jump.
 */
final class ClockWatch {
    /** Less is what time servers correct every day. */
    static final Duration LEAST = Duration.ofSeconds(30);

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ClockSteps steps;
    private final Scheduler scheduler;
    private final AggregatorListener listener;
    private volatile boolean stopped;

    ClockWatch(ClockSteps steps, Scheduler scheduler, AggregatorListener listener) {
        this.steps = steps;
        this.scheduler = scheduler;
        this.listener = listener;
    }

    void start() {
        scheduler.schedule(EVERY, () -> {
            if (!stopped) {
                check();
                start();
            }
        });
    }

    private void check() {
        Duration step = steps.look();
        if (step.abs().compareTo(LEAST) >= 0) {
            listener.on(new AggregatorEvent.ClockChanged(step));
        }
    }

    void stop() {
        stopped = true;
    }
}
