package org.pocx.aggregator.dashboard.live;

import org.pocx.aggregator.statistics.SnapshotCache;

/**
 * Decides at which ticks the summary of the farm is sent: when something changed, once more when snapshots are certain
 * to include that change, and at the latest after {@value #TICKS_TO_SHOW_LIFE} ticks. Not thread-safe.
 */
final class SummarySchedule {
    static final long TICK_MILLIS = 500;
    static final int TICKS_TO_SHOW_LIFE = 10;
    static final int TICKS_TO_SETTLE = 1 + (int) (SnapshotCache.OLDEST.toMillis() / TICK_MILLIS);

    private int quiet; // ticks since a summary was sent
    private int unsettled; // ticks until a snapshot is certain to include the last change

    /** Counts a tick, and returns whether the summary is sent at it. */
    boolean isDue(boolean changed) {
        quiet++;
        boolean settles = unsettled > 0 && --unsettled == 0;
        if (changed) {
            unsettled = TICKS_TO_SETTLE;
        }
        boolean due = changed || settles || quiet >= TICKS_TO_SHOW_LIFE;
        if (due) {
            quiet = 0;
        }
        return due;
    }
}
