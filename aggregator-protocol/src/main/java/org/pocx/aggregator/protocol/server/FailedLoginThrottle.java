package org.pocx.aggregator.protocol.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Calculates the delay of the answer to wrong credentials: 0.25 s for the first attempt of an address, doubled with
 * each further one, at most 4 s. An address is forgotten after 5 minutes without wrong credentials.
 *
 * <p>Thread-safe: the monitor guards the table. It holds at most {@value #MAX_ADDRESSES} addresses; the one with the
 * oldest failure is removed first.
 */
final class FailedLoginThrottle {
    static final int MAX_ADDRESSES = 4_096;
    static final Duration FIRST = Duration.ofMillis(250);

    /** Less than the 5 s that the stock miner waits, so that it still gets the error. */
    static final Duration LONGEST = Duration.ofSeconds(4);

    static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Map<String, Wrong> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private record Wrong(int times, long last) {}

    FailedLoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts a failed login, and returns the delay of its answer. */
    synchronized Duration wrong(String address) {
        long now = nanoTime.getAsLong();
        Wrong before = byAddress.get(address);
        boolean known = before != null && now - before.last() < REMEMBERED.toNanos();
        int times = known && before != null ? before.times() : 0;
        byAddress.put(address, new Wrong(Math.min(times + 1, Integer.SIZE), now));
        Duration delay = FIRST.multipliedBy(1L << Math.min(times, Integer.SIZE - 1));
        return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    }

    synchronized int remembered() {
        return byAddress.size();
    }
}
