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
     * What a look showed.
     *
     * @param wall what the wall clock said
     * @param step by how much it went further than time since the last look; negative when it was set back, and seldom quite
     *     zero, as no two clocks run alike
     */
    public record Look(Instant wall, Duration step) {}

    /**
     * Looks again.
     *
     * @return what it showed; its time is the one that the step belongs to, as a later look may see another
     */
    public Look look() {
        Instant wall = clock.instant();
        long nanos = nanoTime.getAsLong();
        Duration step = Duration.between(lastWall, wall).minusNanos(nanos - lastNanos);
        lastWall = wall;
        lastNanos = nanos;
        return new Look(wall, step);
    }
}
