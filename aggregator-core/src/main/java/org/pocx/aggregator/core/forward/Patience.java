package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long an attempt may take before it is suspected to hang: a few times what answers usually take, and less where
 * nothing was heard for long. Lanes of each {@link Health} are judged by themselves, so that the answers of some do not
 * vouch for others that hang. Not thread-safe: the {@link Dispatcher} guards it.
 */
final class Patience {
    private static final long SHORTEST = Duration.ofMillis(50).toNanos();
    private static final long SHORTEST_AT_FIRST = Duration.ofMillis(200).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    private static final int TIMES_THE_USUAL = 4;
    private static final int MAX_HALVINGS = 8;
    private static final int SMOOTHING = 8;

    /** Before the first answer: enough for a pool at the other end of the world. */
    private long usualNanos = Duration.ofMillis(125).toNanos();

    private int samples = 1;

    private final Map<Health, Silence> silences = new EnumMap<>(Health.class);

    Patience(long now) {
        for (Health health : Health.values()) {
            silences.put(health, new Silence(now));
        }
    }

    /** An attempt of a lane of that health was answered, and took that long. */
    void answered(Health health, long took, long now) {
        samples = Math.min(SMOOTHING, samples + 1);
        // up quickly, down slowly: patience that is too short costs the upstream a nonce sent twice
        usualNanos += (took - usualNanos) / (took > usualNanos ? 2 : samples);
        silence(health).end(now);
    }

    /** Attempts of lanes of that health were cut short, as nothing was heard of any. */
    void gaveUp(Health health) {
        Silence silence = silence(health);
        silence.halvings = Math.min(MAX_HALVINGS, silence.halvings + 1);
    }

    long nanos(Health health) {
        long atFirst = Math.clamp(TIMES_THE_USUAL * usualNanos, SHORTEST_AT_FIRST, LONGEST);
        return Math.max(SHORTEST, atFirst >> silence(health).halvings);
    }

    /** The least of all. */
    long shortest() {
        return Arrays.stream(Health.values()).mapToLong(this::nanos).min().orElseThrow();
    }

    /** Whether no lane of that health was answered for so long that those in flight may hang. */
    boolean isOver(Health health, long now) {
        return now - silence(health).sinceNanos >= nanos(health);
    }

    /** Whether attempts had to be cut short since the last answer: what waits longest then need not be what can be sent. */
    boolean isClogged(Health health) {
        return silence(health).halvings > 0;
    }

    private Silence silence(Health health) {
        Silence silence = silences.get(health);
        if (silence == null) {
            throw new IllegalStateException("no silence for " + health);
        }
        return silence;
    }

    private static final class Silence {
        private long sinceNanos;
        private int halvings;

        Silence(long now) {
            sinceNanos = now;
        }

        void end(long now) {
            sinceNanos = now;
            halvings = Math.max(0, halvings - 1);
        }
    }
}
