package org.pocx.aggregator.statistics.detection;

import org.jspecify.annotations.Nullable;

/**
 * What one machine did in one round. Its presence is thread-safe, all else belongs to the monitor of its {@link
 * MachineWatch}.
 */
final class MachineRound {
    private final WatchedRound round;
    private final Presence presence = new Presence();
    private boolean submitted;
    private long best;
    private boolean bad;
    private long lowestBad;
    private long lastNanos = -1;

    MachineRound(WatchedRound round) {
        this.round = round;
    }

    WatchedRound round() {
        return round;
    }

    void seen(long nanos) {
        presence.seen(round.age(nanos));
    }

    /** @param claim u64 */
    void submitted(long claim, long nanos) {
        if (!submitted || Long.compareUnsigned(claim, best) < 0) {
            best = claim;
        }
        submitted = true;
        if (!round.isOver()) {
            lastNanos = round.age(nanos);
        }
    }

    /**
     * A nonce was rejected, or confirmed worse than claimed.
     *
     * @param claim u64
     */
    void bad(long claim) {
        if (!bad || Long.compareUnsigned(claim, lowestBad) < 0) {
            lowestBad = claim;
        }
        bad = true;
    }

    /** Whether the machine was there from the beginning to the end. */
    boolean isWhole() {
        return presence.isWhole(round.lengthNanos());
    }

    /** When it sent its last nonce, in nanoseconds since the round began; -1 without one. */
    long lastNanos() {
        return lastNanos;
    }

    /** What the round tells about the machine; null when it tells nothing. */
    @Nullable
    Observation observation() {
        if (!submitted) {
            return Double.isFinite(round.limit()) ? new Observation(round.begunAt(), round.limit(), true) : null;
        }
        boolean bestIsBad = bad && Long.compareUnsigned(lowestBad, best) <= 0;
        return bestIsBad
                ? null
                : new Observation(round.begunAt(), WatchedRound.toDouble(best) / Observation.GENESIS, false);
    }
}
