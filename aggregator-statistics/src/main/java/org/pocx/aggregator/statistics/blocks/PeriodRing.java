package org.pocx.aggregator.statistics.blocks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.LuckRecord.Period;

/**
 * Expected and actual wins of the last periods. Compact, because there is one object for each machine and account. Not
 * thread-safe; guarded by {@link LuckSums}.
 */
final class PeriodRing {
    private final float[] expected;
    /** Null until there is a win, because most subjects have none. */
    private int @Nullable [] won;

    private long newest;
    private boolean any;

    /** @param periods how many are kept, at least 1 */
    PeriodRing(int periods) {
        this.expected = new float[periods];
    }

    void add(long index, double more, int wins) {
        if (!reaches(index)) {
            return;
        }
        expected[slot(index)] += (float) more;
        if (wins != 0) {
            int[] counts = won == null ? new int[expected.length] : won;
            won = counts;
            counts[slot(index)] = Math.max(0, counts[slot(index)] + wins);
        }
    }

    /** Moves on to the period, if it is later. Returns whether it is kept. */
    private boolean reaches(long index) {
        if (!any || index - newest >= expected.length || newest - index > expected.length) {
            clear(index); // the first one, a long break, or a clock that was set back by more than is kept
        }
        while (newest < index) {
            newest++;
            clearSlot(slot(newest));
        }
        return newest - index < expected.length;
    }

    private void clear(long index) {
        for (int slot = 0; slot < expected.length; slot++) {
            clearSlot(slot);
        }
        newest = index;
        any = true;
    }

    private void clearSlot(int slot) {
        expected[slot] = 0;
        if (won != null) {
            won[slot] = 0;
        }
    }

    /** The sums of the last periods, up to and including that one. */
    Wins sum(long until, int periods) {
        double sum = 0;
        long wins = 0;
        for (int back = 0; back < periods; back++) {
            long index = until - back;
            if (isKept(index)) {
                sum += expected[slot(index)];
                wins += won == null ? 0 : won[slot(index)];
            }
        }
        return new Wins(wins, sum);
    }

    private boolean isKept(long index) {
        return any && index <= newest && newest - index < expected.length;
    }

    List<Period> toRecords() {
        List<Period> periods = new ArrayList<>();
        for (long index = newest - expected.length + 1; any && index <= newest; index++) {
            int wins = won == null ? 0 : won[slot(index)];
            if (expected[slot(index)] != 0 || wins != 0) {
                periods.add(new Period(index, expected[slot(index)], wins));
            }
        }
        return periods;
    }

    private int slot(long index) {
        return (int) Math.floorMod(index, (long) expected.length);
    }
}
