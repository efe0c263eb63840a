package org.pocx.aggregator.statistics.record;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.statistics.history.Latencies;

/** The nonces that are being sent, and the answer times of the upstream. Thread-safe. */
final class RunningAttempts {
    /** More than the largest number in flight; further ones are not measured. */
    static final int MAX = 4_096;

    private final Map<Key, Long> running = new ConcurrentHashMap<>();
    private final AtomicLongArray classes = new AtomicLongArray(Latencies.CLASSES);

    void begin(NonceSubmission nonce, long nanos) {
        if (running.size() < MAX) {
            running.put(Key.of(nonce), nanos);
        }
    }

    /** The upstream answered. */
    void answered(NonceSubmission nonce, long nanos) {
        Long begun = running.remove(Key.of(nonce));
        if (begun != null) {
            classes.incrementAndGet(Latencies.classOf(Duration.ofNanos(nanos - begun)));
        }
    }

    /** The upstream did not answer. */
    void failed(NonceSubmission nonce) {
        running.remove(Key.of(nonce));
    }

    boolean isRunning(String blockHash, NonceId nonce) {
        return running.containsKey(new Key(blockHash, nonce));
    }

    /** The answer times since the last call. */
    Latencies drain() {
        long[] counts = new long[Latencies.CLASSES];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = classes.getAndSet(i, 0);
        }
        return Latencies.of(counts);
    }

    private record Key(String blockHash, NonceId nonce) {
        static Key of(NonceSubmission submission) {
            return new Key(submission.blockHash(), submission.nonceId());
        }
    }
}
