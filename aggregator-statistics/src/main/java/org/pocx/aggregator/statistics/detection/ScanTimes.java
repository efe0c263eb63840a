package org.pocx.aggregator.statistics.detection;

import java.util.Arrays;

/**
 * How long one machine scans its plots: the 95th percentile of the times of its last submissions, of the last {@value
 * #MAX} rounds with one. The last submission of a round is the best nonce, which is anywhere in the scan with equal
 * probability, so that the percentile is just below the time of a whole scan. Not thread-safe; belongs to its {@link
 * CapacityDetector}.
 */
final class ScanTimes {
    static final int MAX = 60;

    /** With fewer rounds the time is not known. */
    static final int LEAST = 8;

    private static final int PERCENT = 95;

    /** In hundredths of a second, in the order in which they came. */
    private final int[] times = new int[MAX];

    private int count;
    private int next;

    void add(long nanos) {
        times[next] = (int) Math.clamp(nanos / 10_000_000, 0, Integer.MAX_VALUE);
        next = (next + 1) % MAX;
        count = Math.min(count + 1, MAX);
    }

    boolean isKnown() {
        return count >= LEAST;
    }

    /** Nanoseconds. */
    long nanos() {
        int[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        int rank = (count * PERCENT + 99) / 100;
        return rank == 0 ? 0 : sorted[rank - 1] * 10_000_000L;
    }

    /** The times, the oldest first. */
    int[] all() {
        int[] all = new int[count];
        for (int i = 0; i < count; i++) {
            all[i] = times[(next - count + i + MAX) % MAX];
        }
        return all;
    }

    /** Restores what {@link #all} returned. */
    void restore(int[] all) {
        for (int time : all) {
            add(time * 10_000_000L);
        }
    }
}
