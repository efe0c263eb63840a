package org.pocx.aggregator.jmh;

import java.time.Duration;
import org.pocx.aggregator.core.time.Scheduler;

/** Tells the time, and never runs a task: a benchmark is over before anything is due. */
final class IdleScheduler implements Scheduler {
    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task schedule(Duration delay, Runnable task) {
        return () -> {};
    }

    @Override
    public void close() {
        // nothing waits
    }
}
