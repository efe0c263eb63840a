package org.pocx.aggregator.protocol.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Counts the requests that run, and can wait until none does. Thread-safe; the state is one semaphore and one flag. */
final class InFlight {
    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean draining;

    /** Whether a request may begin; after true, {@link #leave()} must follow. */
    boolean enter() {
        return !draining && permits.tryAcquire();
    }

    void leave() {
        permits.release();
    }

    /** Lets no further request begin, and waits for those that run, for so long at most. */
    void drain(Duration limit) {
        draining = true;
        try {
            permits.tryAcquire(Integer.MAX_VALUE, limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
