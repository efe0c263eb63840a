package org.pocx.aggregator.core.forward;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.filter.Reputation;
import org.pocx.aggregator.core.round.Round;

/**
 * An open round and its lanes, one a filter key. Thread-safe: what changes is volatile and written by the thread that
 * announces rounds alone.
 */
final class RoundLanes {
    /** Keys of one round at most. At the limit, keys under which nothing is pending or confirmed make place. */
    static final int MAX_LANES = 20_000;

    private final LaneContext context;
    private final Reputation.InRound standing;
    private final NonceMemory memory = new NonceMemory();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

    private volatile Round round;
    private volatile long recency;
    private volatile boolean current;
    private volatile boolean closed;
    private volatile long retiredNanos;
    private volatile long openedNanos;

    RoundLanes(Round round, LaneContext context) {
        this.round = round;
        this.context = context;
        this.openedNanos = context.scheduler().nanoTime();
        this.standing = context.reputation().newRound(context.scheduler()::nanoTime);
    }

    /** The lane of that key; null when there are too many keys to open another one. */
    @Nullable
    Lane lane(String key) {
        Lane lane = lanes.get(key);
        if (lane != null) {
            return lane;
        }
        if (lanes.size() >= MAX_LANES) {
            lanes.values().removeIf(Lane::closeIfIdle);
        }
        return lanes.size() >= MAX_LANES ? null : lanes.computeIfAbsent(key, name -> new Lane(name, this, context));
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    Round round() {
        return round;
    }

    Reputation.InRound standing() {
        return standing;
    }

    NonceMemory memory() {
        return memory;
    }

    /** When it was first announced, monotonic clock. */
    long openedNanos() {
        return openedNanos;
    }

    /** It was first announced to an earlier process. */
    void openedBefore(long nanos) {
        openedNanos = nanos;
    }

    /** The higher, the more recently the round was announced. */
    long recency() {
        return recency;
    }

    boolean isCurrent() {
        return current;
    }

    boolean isClosed() {
        return closed;
    }

    /** True while a nonce that got no verdict is to be tried again. */
    boolean mayRetry(long now) {
        return current || now - retiredNanos < context.settings().graceAfterRound().toNanos();
    }

    /** The round is the current one, in this form. */
    void announced(Round form, long sequence) {
        round = form;
        recency = sequence;
        current = true;
    }

    /** Another round is the current one. */
    void retire() {
        if (current) {
            retiredNanos = context.scheduler().nanoTime();
            current = false;
        }
    }

    /** The round left the last three: what is pending expires. */
    void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
    }
}
