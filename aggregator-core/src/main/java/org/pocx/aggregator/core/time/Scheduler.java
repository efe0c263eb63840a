package org.pocx.aggregator.core.time;

import java.time.Duration;
import java.util.Objects;

/**
 * What is to happen later, on a monotonic clock: a step of the wall clock moves neither a back-off nor a poll.
 *
 * <p>Thread-safe: everything is called from any thread, from inside tasks and under locks of the caller, so no method may
 * run a task itself or wait for one. Tasks are short and never block; they may run on one thread or on several. One that
 * throws a {@code RuntimeException} loses only itself, not the tasks after it.
 *
 * <p>The contract test is {@code SchedulerContract} in the test jar of this module.
 */
public interface Scheduler extends AutoCloseable {

    /**
     * The scheduler of the system: one daemon thread, on {@link System#nanoTime}.
     *
     * @param threadName the name of its thread, which starts with the first task
     * @return a new scheduler; the caller closes it
     */
    static Scheduler system(String threadName) {
        return new SystemScheduler(Objects.requireNonNull(threadName, "threadName"));
    }

    /**
     * Reads the clock that the delays run on. It never goes back, and goes on while the machine's wall clock is set.
     *
     * @return nanoseconds since some moment, negative ones too; only differences mean anything, as with {@link
     *     System#nanoTime}
     */
    long nanoTime();

    /**
     * Runs the task once, when the delay has passed on {@link #nanoTime}, and not before. Tasks of the same time may run
     * in any order.
     *
     * @param delay zero or less for as soon as possible
     * @param task kept until it has run or is cancelled
     * @return a handle to cancel it by; after {@link #close} one that has nothing to cancel, and no exception
     */
    Task schedule(Duration delay, Runnable task);

    /** Drops every task that has not begun, and ends its threads; does not wait for a task that runs. Idempotent. */
    @Override
    void close();

    /** A task that waits for its time. */
    interface Task {
        /** Drops the task unless it has begun. Idempotent. */
        void cancel();
    }
}
