package org.pocx.aggregator.dashboard.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The start times of running attempts. Thread-safe; guarded by its monitor, which is taken a few times per forwarded
 * nonce. Bounded: beyond {@value #MAX} the oldest attempt is removed and not measured.
 */
final class AttemptTimes {
    /** Twice the largest number of attempts in flight that can be configured. */
    static final int MAX = 2_000;

    private final LongSupplier nanoTime;
    private final Map<NonceSubmission, Long> sent = new LinkedHashMap<>();

    AttemptTimes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void begun(NonceSubmission nonce) {
        sent.remove(nonce);
        sent.put(nonce, nanoTime.getAsLong());
        if (sent.size() > MAX) {
            sent.remove(sent.keySet().iterator().next());
        }
    }

    /** Nanoseconds since the attempt began; empty if there was none. */
    synchronized OptionalLong ended(NonceSubmission nonce) {
        Long begun = sent.remove(nonce);
        return begun == null ? OptionalLong.empty() : OptionalLong.of(nanoTime.getAsLong() - begun);
    }
}
