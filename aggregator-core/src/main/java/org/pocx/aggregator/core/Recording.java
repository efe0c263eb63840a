package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.pocx.aggregator.core.history.HistoryRecorder;
import org.pocx.aggregator.core.stats.FarmSnapshot;
import org.pocx.aggregator.core.time.Scheduler;

/** Has the history written each second, and the wall clock looked at. Started once; stopped by any thread. */
final class Recording {
    /** History may lag by a second. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** The farm's size changes slowly, and finding it out takes time in proportion to its machines. */
    private static final int MEASURE_EVERY = 5;

    private final Scheduler scheduler;
    private final Executor executor;
    private final ClockWatch clockWatch;
    private final HistoryRecorder recorder;
    private final Supplier<FarmSnapshot> farm;
    private volatile boolean stopped;

    /** @param executor takes the writing off the scheduler's thread: the snapshot of a large farm takes some milliseconds */
    Recording(
            Scheduler scheduler,
            Executor executor,
            ClockWatch clockWatch,
            HistoryRecorder recorder,
            Supplier<FarmSnapshot> farm) {
        this.scheduler = scheduler;
        this.executor = executor;
        this.clockWatch = clockWatch;
        this.recorder = recorder;
        this.farm = farm;
    }

    void start() {
        recordSoon(1);
    }

    private void recordSoon(int count) {
        scheduler.schedule(EVERY, () -> {
            if (!stopped) {
                clockWatch.check();
                executor.execute(count % MEASURE_EVERY == 0 ? () -> recorder.flush(farm.get()) : recorder::flush);
                recordSoon(count + 1);
            }
        });
    }

    void stop() {
        stopped = true;
    }
}
