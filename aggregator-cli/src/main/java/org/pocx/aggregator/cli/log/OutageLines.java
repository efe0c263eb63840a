package org.pocx.aggregator.cli.log;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which polls of an outage are worth a line: the first, each one that fails for another reason, and one a minute with a
 * count.
 *
 * <p>Thread-safe: this object's monitor guards the reasons and the count. Of an upstream that always has another reason
 * it tells {@value #MAX_REASONS} a minute.
 */
final class OutageLines {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final int MAX_REASONS = 5;

    private final Set<String> reasons = new HashSet<>();
    private Duration minuteBegan = Duration.ZERO;
    private long failed;

    /** An outage began, and was told. */
    synchronized void begin(String reason) {
        beginMinute(reason, Duration.ZERO);
    }

    /**
     * A poll failed since.
     *
     * @param reason one line
     * @param since how long the outage has lasted
     * @return what to say of it, if anything
     */
    synchronized Optional<String> another(String reason, Duration since) {
        failed++;
        if (since.minus(minuteBegan).compareTo(MINUTE) >= 0) {
            String line =
                    "for " + text(since) + " now: " + reason + " (" + failed + " polls failed in the last minute)";
            beginMinute(reason, since);
            return Optional.of(line);
        }
        boolean tell = reasons.size() < MAX_REASONS && reasons.add(reason);
        return tell ? Optional.of("now for another reason: " + reason) : Optional.empty();
    }

    private void beginMinute(String reason, Duration since) {
        reasons.clear();
        reasons.add(reason);
        minuteBegan = since;
        failed = 0;
    }

    private static String text(Duration since) {
        return since.toHours() > 0
                ? since.toHours() + " h " + since.toMinutesPart() + " min"
                : since.toMinutes() + " min";
    }
}
