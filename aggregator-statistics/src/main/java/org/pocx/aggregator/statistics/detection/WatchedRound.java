package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import java.util.Objects;
import org.pocx.aggregator.core.mining.MiningInfo;

/**
 * A round as the detectors see it. Identified by the object: a round that is current a second time is another one.
 *
 * <p>Thread-safe: immutable except for its end and whether it is left out, which are volatile.
 */
final class WatchedRound {
    private static final double TWO_32 = 0x1p32;

    private final MiningInfo info;
    private final long begunNanos;
    private final Instant begunAt;
    private volatile boolean leftOut;
    private volatile long lengthNanos = -1;

    WatchedRound(MiningInfo info, long begunNanos, Instant begunAt) {
        this.info = Objects.requireNonNull(info, "info");
        this.begunNanos = begunNanos;
        this.begunAt = begunAt;
    }

    String blockHash() {
        return info.blockHash();
    }

    Instant begunAt() {
        return begunAt;
    }

    /** Nanoseconds since it began. */
    long age(long nanos) {
        return Math.max(0, nanos - begunNanos);
    }

    boolean isMinedBy(MiningInfo other) {
        return info.blockHash().equals(other.blockHash())
                && info.generationSignature().equals(other.generationSignature());
    }

    /** The exposure below which machines send their nonces; infinite when there is no such limit. */
    double limit() {
        if (info.targetQuality() == MiningInfo.NO_TARGET_QUALITY) {
            return Double.POSITIVE_INFINITY;
        }
        return toDouble(info.targetQuality()) * toDouble(info.baseTarget()) / Observation.GENESIS;
    }

    static double toDouble(long unsigned) {
        return (unsigned >>> 32) * TWO_32 + (unsigned & 0xFFFF_FFFFL);
    }

    /** Nothing in this round tells anything about a machine. */
    void leaveOut() {
        leftOut = true;
    }

    boolean isLeftOut() {
        return leftOut;
    }

    void end(long nanos) {
        lengthNanos = age(nanos);
    }

    boolean isOver() {
        return lengthNanos >= 0;
    }

    /** Nanoseconds; -1 before its end. */
    long lengthNanos() {
        return lengthNanos;
    }
}
