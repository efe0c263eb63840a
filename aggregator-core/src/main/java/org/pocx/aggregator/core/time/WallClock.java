package org.pocx.aggregator.core.time;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The only place that asks the system for the date. Tests move it by the system property {@value #OFFSET}, to see that
 * nothing depends on the day on which they run.
 */
public final class WallClock {
    /** The name of the system property: a {@link Duration} as text, such as {@code P400D}; empty or absent for none. */
    public static final String OFFSET = "pocx.clock.offset";

    /** Times are kept as nanoseconds since 1970 in 64 bits, which end in 2262. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private WallClock() {}

    /**
     * The wall clock of this process.
     *
     * @return the system's clock, moved by what the property says
     * @throws IllegalArgumentException when the property is no duration, or one of more than a century
     */
    public static InstantSource system() {
        return movedBy(System.getProperty(OFFSET, ""));
    }

    /**
     * The clock that the system stamps files by.
     *
     * @return the system's clock, which the property does not move
     */
    public static InstantSource ofFiles() {
        return InstantSource.system();
    }

    static InstantSource movedBy(String offset) {
        if (offset.isEmpty()) {
            return InstantSource.system();
        }
        try {
            Duration by = Duration.parse(offset);
            if (by.abs().compareTo(LONGEST) <= 0) {
                return Clock.offset(Clock.systemUTC(), by);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refusal(offset, e);
        }
        throw refusal(offset, null);
    }

    private static IllegalArgumentException refusal(String offset, @Nullable Exception cause) {
        return new IllegalArgumentException(
                OFFSET + " must be a duration of a century at most, such as P400D, and is \"" + offset + "\"", cause);
    }
}
