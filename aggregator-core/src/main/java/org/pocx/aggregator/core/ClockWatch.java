package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.stats.AggregatorListener;

/**
 * Tells when the wall clock was set, by holding it against the monotonic one. Confined to the scheduler's thread.
 *
 * <p>Nothing but timestamps depends on the wall clock, so that an operator need only know why they jump.
 */
final class ClockWatch {
    /** Less is what time servers correct every day. */
    static final Duration LEAST = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final AggregatorListener listener;
    private Instant lastWall;
    private long lastNanos;

    ClockWatch(InstantSource clock, LongSupplier nanoTime, AggregatorListener listener) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.lastWall = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    void check() {
        Instant wall = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration jump = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        lastWall = wall;
        lastNanos = nanos;
        if (jump.abs().compareTo(LEAST) >= 0) {
            listener.clockSet(jump);
        }
    }
}
