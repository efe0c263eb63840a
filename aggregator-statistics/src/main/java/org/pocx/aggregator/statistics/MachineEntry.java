package org.pocx.aggregator.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;

/** The state of a machine. Thread-safe: its parts are thread-safe, and single values are volatile. */
final class MachineEntry {
    private final MinerId miner;
    private final String id;
    private final MachineActivity activity;
    private final FateTally tally = new FateTally();
    private final RecentVerdicts verdicts = new RecentVerdicts();
    private volatile @Nullable CheckTimes checks;
    private final Map<String, MachineAccountEntry> pairs = new ConcurrentHashMap<>(2);
    private volatile String lastRejection = "";
    private volatile boolean suspect;
    private volatile long seenNanos;

    MachineEntry(MinerId miner, MachineActivity activity, long seenNanos) {
        this.miner = miner;
        this.id = miner.id();
        this.activity = activity;
        this.seenNanos = seenNanos;
    }

    void seen(long nanos) {
        seenNanos = nanos;
    }

    /** Records that the machine was seen before a restart. */
    void seenBefore(long nanos) {
        if (nanos - seenNanos > 0) {
            seenNanos = nanos;
        }
    }

    void rejected(String words) {
        lastRejection = words;
    }

    void suspect(boolean now) {
        suspect = now;
    }

    MinerId miner() {
        return miner;
    }

    /** Its {@link MinerId#id}. */
    String id() {
        return id;
    }

    MachineActivity activity() {
        return activity;
    }

    String lastRejection() {
        return lastRejection;
    }

    /** Whether its nonces were bad in this round, or most of its last nonces were. */
    boolean isSuspect(long now) {
        return suspect || verdicts.areSuspect(now);
    }

    /** A nonce of it was checked. */
    void checked(long nanos) {
        CheckTimes times = checks;
        if (times == null) {
            times = new CheckTimes(); // if two threads do this, one check is forgotten
            checks = times;
        }
        times.add(nanos);
    }

    FarmSnapshot.LastCheck lastCheck(long now) {
        CheckTimes times = checks;
        return times == null ? FarmSnapshot.LastCheck.NEVER : times.view(now);
    }

    RecentVerdicts verdicts() {
        return verdicts;
    }

    long seenNanos() {
        return seenNanos;
    }

    FateTally tally() {
        return tally;
    }

    Map<String, MachineAccountEntry> pairs() {
        return pairs;
    }

    Optional<MachineAccountEntry> pair(String accountId) {
        return Optional.ofNullable(pairs.get(accountId));
    }
}
