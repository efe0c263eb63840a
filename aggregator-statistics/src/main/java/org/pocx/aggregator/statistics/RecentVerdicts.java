package org.pocx.aggregator.statistics;

import java.time.Duration;

/**
 * The last {@value #KEPT} verdicts on nonces of a machine. The machine is suspect (its plots should be checked) if at
 * least 3 of them and more than half were bad. Verdicts older than 7 days do not count. Thread-safe; guarded by its
 * monitor.
 */
final class RecentVerdicts {
    static final int KEPT = 20;

    private static final int SUSPECT_FROM = 3;
    private static final long LIFETIME = Duration.ofDays(7).toNanos();

    private final long[] nanos = new long[KEPT];
    private final boolean[] bad = new boolean[KEPT];
    private int size;
    private int next;

    /** Adds a verdict with its time on the monotonic clock. Verdicts are added in their order. */
    synchronized void add(boolean isBad, long at) {
        nanos[next] = at;
        bad[next] = isBad;
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
    }

    synchronized boolean areSuspect(long now) {
        int all = 0;
        int badOnes = 0;
        for (int i = 0; i < size; i++) {
            if (now - nanos[i] < LIFETIME) {
                all++;
                badOnes += bad[i] ? 1 : 0;
            }
        }
        return badOnes >= SUSPECT_FROM && 2 * badOnes > all;
    }
}
