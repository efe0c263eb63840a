package org.pocx.aggregator.core.failover;

import java.time.Duration;
import java.util.Objects;

/**
 * When another upstream becomes the active one.
 *
 * @param after time without a good answer of the active upstream, positive
 * @param returnAfter time of uninterrupted good answers of a preferred upstream, positive
 */
public record FailoverSettings(Duration after, Duration returnAfter) {
    /** The defaults of the configuration. */
    public static final FailoverSettings DEFAULT =
            new FailoverSettings(Duration.ofSeconds(10), Duration.ofSeconds(30));

    private static final Duration LONGEST_STANDBY_INTERVAL = Duration.ofSeconds(10);

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when one is not positive
     */
    public FailoverSettings {
        requirePositive("after", after);
        requirePositive("returnAfter", returnAfter);
    }

    private static void requirePositive(String what, Duration time) {
        if (Objects.requireNonNull(time, what).isNegative() || time.isZero()) {
            throw new IllegalArgumentException("failover " + what + " must be positive, not " + time);
        }
    }

    /** {@return the interval at which upstreams that are not active are polled while all is well} */
    public Duration standbyInterval() {
        return min(LONGEST_STANDBY_INTERVAL, min(after.dividedBy(2), returnAfter.dividedBy(2)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
