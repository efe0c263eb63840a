package org.pocx.aggregator.core.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Finds out that the wall clock was set, by holding it against the monotonic one. Not thread-safe: belongs to whoever
 * looks.
 */
public final class ClockSteps {
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private Instant lastWall;
    private long lastNanos;

    /**
     * Looks for the first time.
     *
     * @param clock the wall clock
     * @param nanoTime a monotonic clock in nanoseconds, such as {@link Scheduler#nanoTime}
     */
    public ClockSteps(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.lastWall = clock.instant();
        this.lastNanos = nanoTime.getAsLong();
    }

    /**
     * Looks again.
     *
     * @return by how much the wall clock went further than time since the last look; negative when it was set back, and seldom
     *     quite zero, as no two clocks run alike
     */
    public Duration look() {
        Instant wall = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration step = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        lastWall = wall;
        lastNanos = nanos;
        return step;
    }

    /** {@return what the wall clock said at the last look, which is the time that the step belongs to} */
    public Instant lastLook() {
        return lastWall;
    }
}
