package org.pocx.aggregator.protocol.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Parses the waiting times that an upstream asks for. */
final class RetryAfter {
    /** Longer times are reduced to this, so that calculations cannot overflow. */
    static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** Parses the header Retry-After: seconds or a date (RFC 9110, 10.2.3). Empty when it is neither. */
    static Optional<Duration> ofHeader(String value, Instant now) {
        String text = value.strip();
        return seconds(text).or(() -> date(text, now));
    }

    /** Parses an integer or decimal number of seconds, rounded up. Empty when it is not a number. */
    static Optional<Duration> seconds(String text) {
        try {
            double seconds = Math.ceil(Double.parseDouble(text));
            return seconds >= 0
                    ? Optional.of(Duration.ofSeconds(Math.min((long) seconds, LONGEST.toSeconds())))
                    : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String text, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(now, then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }
}
