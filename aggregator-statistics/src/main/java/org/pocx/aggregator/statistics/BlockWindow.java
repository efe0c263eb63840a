package org.pocx.aggregator.statistics;

import java.util.Arrays;

/**
 * The blocks that one machine submitted to for one account: the best raw quality of each of the last {@value #BESTS},
 * and for a day back whether there was one at all. Compact, as there is one for each machine and account. Not
 * thread-safe: {@link Share} guards it.
 */
final class BlockWindow {
    /** Blocks over which capacity is estimated (protocol, "Estimates"). */
    static final int CAPACITY_BLOCKS = 30;

    /** Bests kept: the capacity's blocks, the current one beside them; a power of two. */
    private static final int BESTS = 32;

    private final int blocksPerDay;
    private final long[] heights = new long[BESTS];
    private final long[] qualities = new long[BESTS];
    private int present;
    private final long[] days;
    private long newest;
    private boolean any;

    /** @param blocksPerDay at least 1 */
    BlockWindow(int blocksPerDay) {
        this.blocksPerDay = blocksPerDay;
        this.days = new long[(blocksPerDay + 1 + Long.SIZE - 1) / Long.SIZE];
    }

    /** The best of that u64 height is that u64 raw quality now. The genesis round does not count, as in the reference. */
    void put(long height, long rawQuality) {
        if (height == 0) {
            return;
        }
        int slot = slot(height);
        boolean held = (present & (1 << slot)) != 0;
        if (!held || Long.compareUnsigned(heights[slot], height) <= 0 || wentBack(heights[slot], height)) {
            heights[slot] = height;
            qualities[slot] = rawQuality;
            present |= 1 << slot;
        }
        mark(height);
    }

    /** What was known is more than a day ahead: the chain must have started again. */
    private boolean wentBack(long known, long height) {
        return Long.compareUnsigned(known, height) > 0 && Long.compareUnsigned(known - height, blocksPerDay) > 0;
    }

    /** No nonce of that height counts. */
    void remove(long height) {
        int slot = slot(height);
        if (heights[slot] == height) {
            present &= ~(1 << slot);
        }
        if (any && withinDay(height)) {
            int bit = bit(height);
            days[bit / Long.SIZE] &= ~(1L << bit);
        }
    }

    private void mark(long height) {
        if (!any || wentBack(newest, height)) {
            Arrays.fill(days, 0);
            any = true;
            newest = height;
        } else if (Long.compareUnsigned(height, newest) > 0) {
            advance(height);
        }
        int bit = bit(height);
        days[bit / Long.SIZE] |= 1L << bit;
    }

    /** Forgets the heights that are a day or more behind the new one. */
    private void advance(long height) {
        if (Long.compareUnsigned(height - newest, blocksPerDay) > 0) {
            Arrays.fill(days, 0);
        } else {
            for (long h = newest + 1; h != height + 2; h++) {
                int bit = bit(h); // of h - blocksPerDay - 1, too: the bits are one more than the blocks of a day
                days[bit / Long.SIZE] &= ~(1L << bit);
            }
        }
        newest = height;
    }

    private boolean withinDay(long height) {
        return Long.compareUnsigned(newest - height, blocksPerDay) <= 0;
    }

    /** The capacity in TiB by the blocks up to the current one; see {@link Capacity#tib}. */
    double capacityTib(long currentHeight) {
        long last = hasBest(currentHeight) ? currentHeight : currentHeight - 1;
        double sum = 0;
        int blocks = 0;
        for (long back = CAPACITY_BLOCKS - 1; back >= 0; back--) {
            long height = last - back;
            // Below height 0 the subtraction wraps; no such block exists.
            if (Long.compareUnsigned(height, last) <= 0 && hasBest(height)) {
                sum += Capacity.toDouble(qualities[slot(height)]);
                blocks++;
            }
        }
        return Capacity.tib(sum, blocks);
    }

    /** The blocks that {@link #capacityTib} goes by. */
    int blocksOfCapacity(long currentHeight) {
        long last = hasBest(currentHeight) ? currentHeight : currentHeight - 1;
        int blocks = 0;
        for (long back = 0; back < CAPACITY_BLOCKS; back++) {
            blocks += Long.compareUnsigned(last - back, last) <= 0 && hasBest(last - back) ? 1 : 0;
        }
        return blocks;
    }

    /** Which of the {@value #CAPACITY_BLOCKS} blocks before the current one have a nonce: bit 0 for the last one. */
    int blocksEnded(long currentHeight) {
        int bits = 0;
        for (int back = 0; back < CAPACITY_BLOCKS; back++) {
            bits |= hasBest(currentHeight - 1 - back) ? 1 << back : 0;
        }
        return bits;
    }

    private boolean hasBest(long height) {
        int slot = slot(height);
        return (present & (1 << slot)) != 0 && heights[slot] == height;
    }

    /** Blocks with a submission within a day of the newest height that is known. */
    int blocksWithinDay(long currentHeight) {
        if (!any) {
            return 0;
        }
        int count = 0;
        for (long word : days) {
            count += Long.bitCount(word);
        }
        boolean behind = Long.compareUnsigned(currentHeight, newest) > 0;
        return behind ? count - countBelow(currentHeight) : count;
    }

    /** Of the blocks marked, those that are more than a day behind that height. */
    private int countBelow(long currentHeight) {
        int count = 0;
        long ahead = currentHeight - newest;
        long steps = Long.compareUnsigned(ahead, blocksPerDay) < 0 ? ahead : blocksPerDay;
        for (long step = 0; step <= steps; step++) {
            int bit = bit(newest - blocksPerDay + step);
            count += (days[bit / Long.SIZE] & (1L << bit)) != 0 ? 1 : 0;
        }
        return count;
    }

    private static int slot(long height) {
        return (int) height & (BESTS - 1);
    }

    private int bit(long height) {
        return (int) Long.remainderUnsigned(height, blocksPerDay + 1L);
    }
}
