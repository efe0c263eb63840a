package org.pocx.aggregator.core.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do, and fails instead of hanging. */
public final class Await {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

    private Await() {}

    /** Returns when the condition holds; fails when it does not within two minutes, which only what never comes takes. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain for " + LIMIT.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
