package org.pocx.aggregator.protocol.server;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Counts the running requests, and can wait until none is left. Thread-safe; the state is one semaphore and one flag.
 */
final class InFlight {
    private final Semaphore permits = new Semaphore(Integer.MAX_VALUE);
    private volatile boolean draining;

    /** Whether a request may begin. If true, {@link #leave()} must be called later. */
    boolean enter() {
        return !draining && permits.tryAcquire();
    }

    void leave() {
        permits.release();
    }

    /** Rejects new requests, and waits for the running ones, at most for the given time. */
    void drain(Duration limit) {
        draining = true;
        try {
            permits.tryAcquire(Integer.MAX_VALUE, limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
