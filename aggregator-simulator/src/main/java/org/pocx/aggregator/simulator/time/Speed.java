package org.pocx.aggregator.simulator.time;

import java.time.Duration;

/**
 * How many times faster than the clock the simulated world runs.
 *
 * @param factor above 0; 1 is the speed of the real world, 10 makes a minute of it last 6 seconds
 */
public record Speed(double factor) {
    /** The speed of the real world. */
    public static final Speed REAL = new Speed(1);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LONGEST_SECONDS = 3650 * 86_400.0;

    /**
     * Takes a factor by which time passes.
     *
     * @throws IllegalArgumentException unless the factor is above 0 and finite
     */
    public Speed {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("speed must be above 0, not " + factor);
        }
    }

    /**
     * {@return how long it lasts by the clock}
     *
     * @param simulated a stretch of simulated time
     */
    public Duration byTheClock(Duration simulated) {
        return seconds(simulated.toNanos() / NANOS_PER_SECOND / factor);
    }

    /**
     * {@return how long they last by the clock; at most 10 years, so that any u64 may be asked for}
     *
     * @param simulatedSeconds not negative
     */
    public Duration byTheClock(double simulatedSeconds) {
        return seconds(simulatedSeconds / factor);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (Math.min(seconds, LONGEST_SECONDS) * NANOS_PER_SECOND));
    }
}
