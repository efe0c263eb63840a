package org.pocx.aggregator.statistics;

import java.util.Arrays;

/**
 * The blocks with a nonce of one machine for one account: the best raw quality of each of the last {@value #BESTS}
 * blocks, and for each block of a day whether there was one. Compact, because there is one object for each machine and
 * account. Not thread-safe; guarded by {@link MachineAccountEntry}.
 */
final class BlockWindow {
    /** Blocks over which capacity is estimated (protocol, "Estimates"). */
    static final int CAPACITY_BLOCKS = 30;

    /** The number of best qualities kept: the blocks for the capacity and the current one; a power of two. */
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

    /** Sets the best raw quality (u64) of a height (u64). The genesis round does not count, as in the reference. */
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

    /** Sets the raw quality (u64) of a height unless a better one is known. */
    void putIfBetter(long height, long rawQuality) {
        if (!hasBest(height) || Long.compareUnsigned(rawQuality, qualities[slot(height)]) < 0) {
            put(height, rawQuality);
        }
    }

    /** Whether the known height is more than a day ahead, so that the chain must have been restarted. */
    private boolean wentBack(long known, long height) {
        return Long.compareUnsigned(known, height) > 0 && Long.compareUnsigned(known - height, blocksPerDay) > 0;
    }

    /** Removes a height: none of its nonces counts. */
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

    /** Removes the heights that are a day or more behind the new one. */
    private void advance(long height) {
        if (Long.compareUnsigned(height - newest, blocksPerDay) > 0) {
            Arrays.fill(days, 0);
        } else {
            for (long h = newest + 1; h != height + 2; h++) {
                int bit = bit(h); // also the bit of h - blocksPerDay - 1, because there is one bit more than blocks per day
                days[bit / Long.SIZE] &= ~(1L << bit);
            }
        }
        newest = height;
    }

    private boolean withinDay(long height) {
        return Long.compareUnsigned(newest - height, blocksPerDay) <= 0;
    }

    /** The capacity in TiB from the blocks up to the current one; see {@link Capacity#tib}. */
    double capacityTib(long currentHeight) {
        long last = hasBest(currentHeight) ? currentHeight : currentHeight - 1;
        double sum = 0;
        int blocks = 0;
        for (long back = CAPACITY_BLOCKS - 1; back >= 0; back--) {
            long height = last - back;
            // Below height 0 the subtraction overflows; no such block exists.
            if (Long.compareUnsigned(height, last) <= 0 && hasBest(height)) {
                sum += Capacity.toDouble(qualities[slot(height)]);
                blocks++;
            }
        }
        return Capacity.tib(sum, blocks);
    }

    /** The number of blocks used by {@link #capacityTib}. */
    int blocksOfCapacity(long currentHeight) {
        long last = hasBest(currentHeight) ? currentHeight : currentHeight - 1;
        int blocks = 0;
        for (long back = 0; back < CAPACITY_BLOCKS; back++) {
            blocks += Long.compareUnsigned(last - back, last) <= 0 && hasBest(last - back) ? 1 : 0;
        }
        return blocks;
    }

    /**
     * A bit set of the {@value #CAPACITY_BLOCKS} blocks before the current one that have a nonce; bit 0 is the last
     * one.
     */
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

    /** The number of blocks with a submission within a day before the newest known height. */
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

    /** The number of marked blocks that are more than a day behind that height. */
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
