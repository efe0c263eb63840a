package org.pocx.aggregator.simulator.time;

import java.time.Duration;

/**
 * The ratio of simulated time to real time.
 *
 * @param factor above 0; with 10, a minute of simulated time lasts 6 seconds
 */
public record Speed(double factor) {
    /** Simulated time is real time. */
    public static final Speed REAL = new Speed(1);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MAX_SECONDS = 3650 * 86_400.0;

    /**
     * Checks the factor.
     *
     * @throws IllegalArgumentException unless the factor is above 0 and finite
     */
    public Speed {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("speed must be above 0, not " + factor);
        }
    }

    /**
     * {@return the real duration}
     *
     * @param simulated in simulated time
     */
    public Duration toReal(Duration simulated) {
        return toReal(simulated.toNanos() / NANOS_PER_SECOND);
    }

    /**
     * {@return the real duration; at most 10 years, so that any u64 is allowed}
     *
     * @param simulatedSeconds in simulated time; not negative
     */
    public Duration toReal(double simulatedSeconds) {
        return Duration.ofNanos((long) (Math.min(simulatedSeconds / factor, MAX_SECONDS) * NANOS_PER_SECOND));
    }
}
