package org.pocx.aggregator.simulator.bench;

import java.time.Duration;

/** Whose turn it is where each of a number of miners sends once an interval, evenly spread. For one thread. */
final class Pace {
    private final long intervalNanos;
    private final int size;
    private long begun;
    private long turns;

    /** @param size at least 1 */
    Pace(Duration interval, int size) {
        this.intervalNanos = interval.toNanos();
        this.size = size;
    }

    /** @param now {@link System#nanoTime} */
    void start(long now) {
        begun = now;
        turns = 0;
    }

    /** The number of the next one that should have sent by now, once each time; -1 when nobody should. */
    int nextDue(long now) {
        long due = begun + turns / size * intervalNanos + turns % size * intervalNanos / size;
        return now - due < 0 ? -1 : (int) (turns++ % size);
    }
}
