package org.pocx.aggregator.protocol.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * The names that are in use at each address: at most {@value #PER_ADDRESS}, or {@value #PER_AGGREGATOR} behind another
 * aggregator. A miner with a further name is its bare address. A name that was not seen for a day is forgotten.
 *
 * <p>Thread-safe: the monitor guards the tables. They hold at most {@value #MAX} names; the one that was not seen for the
 * longest time is forgotten first.
 */
final class MachineNames {
    static final int PER_ADDRESS = 256;

    /** For a peer that sends {@code Prefer}. */
    static final int PER_AGGREGATOR = 10_000;

    static final int MAX = 20_000;
    static final Duration REMEMBERED = Duration.ofDays(1);

    private final LongSupplier nanoTime;
    private final RateLimitedLog log;

    /** When each name was seen, the longest ago first. */
    private final SequencedMap<MinerId, Long> seen = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, Integer> perAddress = new HashMap<>();

    MachineNames(LongSupplier nanoTime, RateLimitedLog log) {
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /**
     * Returns the miner itself, or only its address if too many names are in use there.
     *
     * @param most how many names are kept of the address
     */
    MinerId admit(MinerId miner, int most) {
        if (miner.name().isEmpty() || isKept(miner, most)) {
            return miner;
        }
        log.warn("More than " + most + " machine names at " + miner.address()
                + " within a day: machines with further names count as one machine, the address");
        return new MinerId(miner.address());
    }

    private synchronized boolean isKept(MinerId miner, int most) {
        long now = nanoTime.getAsLong();
        if (seen.replace(miner, now) != null) {
            return true;
        }
        forgetUnseen(now);
        if (perAddress.getOrDefault(miner.address(), 0) >= most) {
            return false;
        }
        if (seen.size() >= MAX) {
            forgetFirst();
        }
        seen.put(miner, now);
        perAddress.merge(miner.address(), 1, Integer::sum);
        return true;
    }

    private void forgetUnseen(long now) {
        while (!seen.isEmpty() && now - seen.firstEntry().getValue() >= REMEMBERED.toNanos()) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        String address = seen.pollFirstEntry().getKey().address();
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The number of names and of addresses; used by tests. */
    synchronized int remembered() {
        return Math.max(seen.size(), perAddress.size());
    }
}
