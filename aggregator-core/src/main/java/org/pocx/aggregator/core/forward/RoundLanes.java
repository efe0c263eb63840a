package org.pocx.aggregator.core.forward;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.round.Round;

/**
 * An open round and its lanes, one for each filter key. Thread-safe: what changes is volatile and written only by the thread
 * that announces rounds.
 */
final class RoundLanes {
    /** Keys of one round at most. At the limit, keys under which nothing is pending or confirmed are removed. */
    static final int MAX_LANES = 20_000;

    private final LaneServices services;
    private final MachineTrust.InRound machines;
    private final SeenNonces seenNonces = new SeenNonces();
    private final Map<String, LaneRunner> lanes = new ConcurrentHashMap<>();

    private volatile Round round;
    private volatile long recency;
    private volatile boolean current;
    private volatile long retiredNanos;
    private volatile long openedNanos;

    RoundLanes(Round round, LaneServices services) {
        this.round = round;
        this.services = services;
        this.openedNanos = services.scheduler().nanoTime();
        this.retiredNanos = openedNanos;
        this.machines = services.trust().newRound(services.scheduler()::nanoTime);
    }

    /** The lane of that key; null when there are too many keys to open another one. */
    @Nullable
    LaneRunner lane(String key) {
        LaneRunner lane = lanes.get(key);
        if (lane != null) {
            return lane;
        }
        if (lanes.size() >= MAX_LANES) {
            lanes.values().removeIf(LaneRunner::closeIfIdle);
        }
        return lanes.size() >= MAX_LANES
                ? null
                : lanes.computeIfAbsent(key, name -> new LaneRunner(name, this, services));
    }

    Collection<LaneRunner> lanes() {
        return lanes.values();
    }

    MachineTrust.InRound machines() {
        return machines;
    }

    SeenNonces seenNonces() {
        return seenNonces;
    }

    /** What its lanes have to know now, with that upstream as the active one. */
    LaneFacts facts(Destination active) {
        long now = services.scheduler().nanoTime();
        return new LaneFacts(
                now,
                services.clock().instant(),
                round,
                openedNanos,
                current,
                current || now - retiredNanos < services.settings().graceAfterRound().toNanos(),
                active.knowledge().incarnation().number(),
                !active.isOutage(),
                active.id(),
                services.isOpenAtActive().test(round.blockHash()),
                active.port().waitsForVerdicts());
    }

    /** It was first announced to an earlier process, at that time of the monotonic clock. */
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

    /** Another upstream than the active one announced the round, in this form. */
    void announcedElsewhere(Round form) {
        round = form;
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
            retiredNanos = services.scheduler().nanoTime();
            current = false;
        }
    }

    /** The round left the last three: what is pending expires. */
    void close() {
        lanes.values().forEach(LaneRunner::close);
    }
}
