package org.pocx.aggregator.statistics;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.pocx.aggregator.core.mining.MinerId;

/** What is known of a machine. Thread-safe: its parts are, and single values are volatile. */
final class MachineEntry {
    private final String address;
    private final Presence presence;
    private final FateTally tally = new FateTally();
    private final RecentVerdicts verdicts = new RecentVerdicts();
    private final Map<String, Share> shares = new ConcurrentHashMap<>(2);
    private volatile String label = "";
    private volatile String lastRejection = "";
    private volatile boolean suspect;
    private volatile long seenNanos;

    MachineEntry(String address, Presence presence, long seenNanos) {
        this.address = address;
        this.presence = presence;
        this.seenNanos = seenNanos;
    }

    void seen(MinerId miner, long nanos) {
        seenNanos = nanos;
        if (!miner.label().isEmpty() && !miner.label().equals(label)) {
            label = miner.label();
        }
    }

    /** It was seen in an earlier run. */
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

    String address() {
        return address;
    }

    MinerId id() {
        return new MinerId(address, label);
    }

    Presence presence() {
        return presence;
    }

    String label() {
        return label;
    }

    String lastRejection() {
        return lastRejection;
    }

    /** Whether its nonces were bad in this round, or in most of the last rounds. */
    boolean isSuspect(long now) {
        return suspect || verdicts.areSuspect(now);
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

    Map<String, Share> shares() {
        return shares;
    }

    Optional<Share> share(String accountId) {
        return Optional.ofNullable(shares.get(accountId));
    }
}
