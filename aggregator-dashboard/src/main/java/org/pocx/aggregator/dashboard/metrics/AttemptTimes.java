package org.pocx.aggregator.dashboard.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * When the nonces that are being sent went out. Thread-safe, by its monitor, which is taken a few times for each nonce
 * that is forwarded. Bounded: beyond {@value #MAX} the oldest is forgotten, and its time not measured.
 */
final class AttemptTimes {
    /** Twice as many as can be in flight by the configuration. */
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

    /** Nanoseconds since it went out; empty when it was not on its way. */
    synchronized OptionalLong ended(NonceSubmission nonce) {
        Long begun = sent.remove(nonce);
        return begun == null ? OptionalLong.empty() : OptionalLong.of(nanoTime.getAsLong() - begun);
    }
}
