package org.pocx.aggregator.core.time;

import java.time.Duration;

/**
 * What is to happen later, on a monotonic clock: a step of the wall clock moves neither a back-off nor a poll.
 *
 * <p>Thread-safe. Tasks are short and never block; one that throws loses only itself.
 */
public interface Scheduler extends AutoCloseable {

    /** Nanoseconds of the clock that the delays run on; only differences mean anything, as with {@link System#nanoTime}. */
    long nanoTime();

    /** Runs the task once, when the delay has passed; a delay of zero or less runs it as soon as possible. */
    Task schedule(Duration delay, Runnable task);

    /** Drops every task that has not begun. Idempotent. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Task {
        /** Drops the task unless it has begun. Idempotent. */
        void cancel();
    }
}
