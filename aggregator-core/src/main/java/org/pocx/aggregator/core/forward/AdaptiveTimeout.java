package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long an attempt may take before it is suspected to hang: a few times what answers usually take. Lanes of each {@link
 * KeyStatus} are judged by themselves, so that the answers of some do not vouch for others that hang. Not thread-safe: the
 * {@link Dispatcher} guards it.
 */
final class AdaptiveTimeout {
    private static final long SHORTEST = Duration.ofMillis(200).toNanos();
    private static final long SHORTEST_WHEN_CLOGGED = Duration.ofMillis(100).toNanos();
    private static final long LONGEST = Duration.ofSeconds(2).toNanos();
    private static final long CLOGGED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final int TIMES_THE_USUAL = 4;
    private static final int SMOOTHING = 8;
    private static final int ENOUGH_SAMPLES = 4;
    private static final int MAX_HALVINGS = 4;

    /** Each time that an attempt under a key was given up, the next may take four times as long. */
    private static final int DOUBLINGS_A_STRIKE = 2;

    private static final int MAX_STRIKES = 8;

    /** Before the first answer: an upstream that takes a second for each may just be slow. */
    private long usualNanos = Duration.ofMillis(300).toNanos();

    private int samples = 1;
    private final Map<KeyStatus, Silence> silences = new EnumMap<>(KeyStatus.class);

    AdaptiveTimeout(long now) {
        for (KeyStatus status : KeyStatus.values()) {
            silences.put(status, new Silence(now));
        }
    }

    /** An attempt of a lane of that health was answered, and took that long. */
    void answered(KeyStatus status, long took, long now) {
        samples = Math.min(SMOOTHING, samples + 1);
        // up quickly, down slowly: patience that is too short costs the upstream a nonce sent twice
        usualNanos += (took - usualNanos) / (took > usualNanos ? 2 : samples);
        Silence silence = silence(status);
        silence.sinceNanos = now;
        silence.halvings = Math.max(0, silence.halvings - 1);
    }

    /** Attempts of lanes of that health were cut short, as nothing was heard of any. */
    void gaveUp(KeyStatus status, long now) {
        Silence silence = silence(status);
        silence.cloggedUntil = now + CLOGGED_NANOS;
        silence.halvings = Math.min(MAX_HALVINGS, silence.halvings + 1);
    }

    /** For the first attempt of a lane of that health: half as much each time that nothing was heard of any. */
    long nanos(KeyStatus status, long now) {
        boolean mayHurry = isClogged(status, now) && samples >= ENOUGH_SAMPLES;
        long usual = Math.clamp(TIMES_THE_USUAL * usualNanos, SHORTEST, LONGEST);
        int halvings = isClogged(status, now) ? silence(status).halvings : 0;
        return Math.max(mayHurry ? SHORTEST_WHEN_CLOGGED : SHORTEST, usual >> halvings);
    }

    /** For an attempt after so many that were given up; soon more than any upstream is given. */
    long nanos(KeyStatus status, int strikes, long now) {
        return nanos(status, now) << (DOUBLINGS_A_STRIKE * Math.min(strikes, MAX_STRIKES));
    }

    /** Whether no lane of that health was answered for so long that those in flight may hang. */
    boolean isOver(KeyStatus status, long now) {
        return now - silence(status).sinceNanos >= nanos(status, now);
    }

    /** Whether attempts had to be cut short a moment ago: what waits longest then need not be what can be sent. */
    boolean isClogged(KeyStatus status, long now) {
        Silence silence = silence(status);
        return silence.halvings > 0 && now - silence.cloggedUntil < 0;
    }

    private Silence silence(KeyStatus status) {
        Silence silence = silences.get(status);
        if (silence == null) {
            throw new IllegalStateException("no silence for " + status);
        }
        return silence;
    }

    private static final class Silence {
        private long sinceNanos;
        private long cloggedUntil;
        private int halvings;

        Silence(long now) {
            sinceNanos = now;
        }
    }
}
