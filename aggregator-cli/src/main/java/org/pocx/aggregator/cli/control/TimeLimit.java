package org.pocx.aggregator.cli.control;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Limits the time of a call as a whole, where the time-outs of a socket apply to each read only. */
public final class TimeLimit {
    private TimeLimit() {}

    /**
     * Runs a task on its own thread, which is left alone when the time is over.
     *
     * @param limit the longest time
     * @param task what to do; may throw {@link IOException} or an unchecked exception, which this method throws
     * @throws TimeoutException if it took longer
     */
    public static <T> T call(Duration limit, Callable<T> task) throws IOException, TimeoutException {
        FutureTask<T> running = new FutureTask<>(task);
        Thread.ofPlatform().daemon().name("time-limited").start(running);
        try {
            return running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static IOException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException expected -> expected;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> new IOException(e.getMessage(), e);
        };
    }
}
