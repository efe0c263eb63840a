package org.pocx.aggregator.protocol.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How another aggregator is asked to answer a nonce when it has a verdict (RFC 7240), and how it says that it does. */
final class WaitHeaders {
    private static final long LONGEST_SECS = 20;
    private static final long LEAST_SECS = 5;

    /** What is left of the time-out for the answer to arrive. */
    private static final long RESERVE_SECS = 3;

    private static final Pattern COMMA = Pattern.compile(",");

    private WaitHeaders() {}

    /** The header to send, if the time-out leaves time to wait; else none. */
    static Map<String, String> header(Duration timeout) {
        long secs = Math.min(LONGEST_SECS, timeout.toSeconds() - RESERVE_SECS);
        return secs < LEAST_SECS ? Map.of() : Map.of("Prefer", "wait=" + secs);
    }

    /** Whether the values of the header Preference-Applied name this preference. */
    static boolean isApplied(List<String> values) {
        return values.stream()
                .flatMap(COMMA::splitAsStream)
                .map(preference -> preference.replaceFirst("[=;].*", "").strip())
                .anyMatch("wait"::equalsIgnoreCase);
    }
}
