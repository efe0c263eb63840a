package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Optional;

/** The delays that no setting changes. */
final class RetryDelays {
    /** Between two attempts with the same credentials that the upstream does not know. */
    static final Duration UNAUTHORIZED_RETRY = Duration.ofSeconds(10);

    /** How long nothing is sent to an upstream that is busy as a whole and does not say for how long. */
    static final Duration BUSY_UPSTREAM = Duration.ofSeconds(1);

    /** From one attempt to the next, of a nonce that the upstream holds. */
    static final Duration HELD = Duration.ofSeconds(5);

    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);
    private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration STALE_MAX = Duration.ofSeconds(16);
    private static final int STALE_MAX_DOUBLINGS = 4;

    private RetryDelays() {}

    /** What is honoured of the wait that a busy upstream asks for; zero where it asks for none, or next to none. */
    static Duration honoured(Optional<Duration> retryAfter) {
        Duration asked = retryAfter.orElse(Duration.ZERO);
        if (asked.compareTo(MIN_RETRY_AFTER) < 0) {
            return Duration.ZERO;
        }
        return asked.compareTo(MAX_RETRY_AFTER) < 0 ? asked : MAX_RETRY_AFTER;
    }

    /**
     * How long a nonce that the upstream called stale in the current round waits: the first time for a poll alone, then
     * 1 s doubling to 16 s, as another node behind the upstream may lag.
     *
     * @param answers how many stale answers it had, at least 1
     */
    static Duration afterStale(int answers) {
        int doublings = answers - 2;
        if (doublings < 0) {
            return Duration.ZERO;
        }
        return doublings >= STALE_MAX_DOUBLINGS ? STALE_MAX : Duration.ofSeconds(1L << doublings);
    }
}
