package org.pocx.aggregator.statistics;

import java.time.Duration;
import java.util.Optional;

/** When the last two nonces of a machine were checked, on the monotonic clock. Thread-safe; guarded by its monitor. */
final class CheckTimes {
    private int checks;
    private long lastNanos;
    private long intervalNanos;

    synchronized void add(long nanos) {
        intervalNanos = nanos - lastNanos;
        lastNanos = nanos;
        checks = Math.min(2, checks + 1);
    }

    synchronized FarmSnapshot.LastCheck view(long now) {
        return checks == 0
                ? FarmSnapshot.LastCheck.NEVER
                : new FarmSnapshot.LastCheck(
                        Optional.of(Duration.ofNanos(now - lastNanos)),
                        checks == 1 ? Optional.empty() : Optional.of(Duration.ofNanos(intervalNanos)));
    }
}
