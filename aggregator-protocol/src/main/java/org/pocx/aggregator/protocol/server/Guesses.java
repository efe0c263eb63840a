package org.pocx.aggregator.protocol.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long an address has to wait for the answer to a wrong guess: a quarter of a second, twice as long with each
 * further one, 4 s at most; forgotten when it has not guessed for 5 minutes.
 *
 * <p>Thread-safe: the monitor guards the table of {@value #MAX_ADDRESSES} addresses at most, where the one whose last
 * guess is the oldest gives way.
 */
final class Guesses {
    static final int MAX_ADDRESSES = 4_096;
    static final Duration FIRST = Duration.ofMillis(250);

    /** The stock miner waits 5 s for an answer, and shall learn what is wrong. */
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

    Guesses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts a wrong guess. */
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
