package org.pocx.aggregator.statistics.detection;

/**
 * When a machine was seen in a round whose end is not known yet: 64 slots of equal length, which doubles when the round
 * lasts longer. So each quarter of the round has at least 8 slots (a slot belongs to the quarter that has more of it), and a request
 * costs one read while its slot is marked.
 *
 * <p>Thread-safe; its monitor guards the slots.
 */
final class Presence {
    /** 67 ms. */
    private static final int FIRST_SHIFT = 26;

    private static final int QUARTERS = 4;
    private static final long EVEN_BITS = 0x5555555555555555L;

    private int shift = FIRST_SHIFT;
    private long slots;
    private volatile long markedUntil;

    /** @param nanos since the round began */
    void seen(long nanos) {
        if (nanos >= markedUntil) {
            mark(nanos);
        }
    }

    private synchronized void mark(long nanos) {
        while (nanos >>> shift >= Long.SIZE) {
            slots = halved(slots);
            shift++;
        }
        long slot = nanos >>> shift;
        slots |= 1L << slot;
        markedUntil = Math.max(markedUntil, (slot + 1) << shift);
    }

    /** Joins each two slots. */
    private static long halved(long bits) {
        long joined = (bits | bits >>> 1) & EVEN_BITS;
        return Long.compress(joined, EVEN_BITS);
    }

    /** Whether it was seen in each quarter of a round of that length. */
    synchronized boolean isWhole(long lengthNanos) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            long from = firstSlot(lengthNanos, quarter);
            long to = Math.max(from, firstSlot(lengthNanos, quarter + 1) - 1);
            if (from >= Long.SIZE || (slots & mask(from, Math.min(to, Long.SIZE - 1))) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The slot nearest to the beginning of a quarter. */
    private long firstSlot(long lengthNanos, int quarter) {
        return lengthNanos / QUARTERS * quarter + (1L << shift - 1) >>> shift;
    }

    private static long mask(long from, long to) {
        return -1L >>> (Long.SIZE - 1 - to) & -1L << from;
    }
}
