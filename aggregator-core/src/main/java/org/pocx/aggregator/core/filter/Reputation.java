package org.pocx.aggregator.core.filter;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which machines have proved to be honest: those that had a nonce confirmed within a day. Rejections count for one
 * round only; see {@link #newRound}.
 *
 * <p>Thread-safe: the map of confirmations belongs to this object's monitor, each round's rejections to a concurrent
 * map. Bounded: the machine that was confirmed longest ago is forgotten first.
 */
public final class Reputation {
    /** Rejected nonces in a round that make a machine suspect. */
    public static final int SUSPECT_AFTER = 3;

    /** Machines remembered. */
    static final int MAX_MACHINES = 20_000;

    private static final long TRUST_NANOS = Duration.ofDays(1).toNanos();

    /** When each machine was confirmed last, on the monotonic clock; the longest ago first. */
    private final Map<String, Long> confirmed = new LinkedHashMap<>();

    /** No machine has proved anything yet. */
    public Reputation() {}

    /**
     * The machine had a nonce confirmed at that time of the monotonic clock.
     *
     * @param machine its address
     * @param nanos the moment on the monotonic clock
     */
    public synchronized void confirmed(String machine, long nanos) {
        confirmed.remove(machine);
        confirmed.put(machine, nanos);
        if (confirmed.size() > MAX_MACHINES) {
            confirmed.remove(confirmed.keySet().iterator().next());
        }
    }

    private synchronized boolean isTrusted(String machine, long now) {
        Long last = confirmed.get(machine);
        return last != null && now - last < TRUST_NANOS;
    }

    /**
     * The standing of machines in a new round, without any rejection yet.
     *
     * @param nanoTime the monotonic clock of {@link #confirmed}
     * @return a standing of its own for each call
     */
    public InRound newRound(LongSupplier nanoTime) {
        return new InRound(nanoTime);
    }

    /** The standing of machines in one round. Thread-safe. */
    public final class InRound implements Standing {
        private final Map<String, Integer> rejections = new ConcurrentHashMap<>();
        private final LongSupplier nanoTime;

        private InRound(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /**
         * Counts a rejected nonce.
         *
         * @param machine its address
         * @return true when it is the one that makes the machine suspect
         */
        public boolean rejected(String machine) {
            if (rejections.size() >= MAX_MACHINES && !rejections.containsKey(machine)) {
                return false;
            }
            return rejections.merge(machine, 1, Integer::sum) == SUSPECT_AFTER;
        }

        @Override
        public boolean isSuspect(String machine) {
            return rejections(machine) >= SUSPECT_AFTER;
        }

        @Override
        public int rejections(String machine) {
            return rejections.getOrDefault(machine, 0);
        }

        @Override
        public boolean isTrusted(String machine) {
            return Reputation.this.isTrusted(machine, nanoTime.getAsLong());
        }
    }
}
