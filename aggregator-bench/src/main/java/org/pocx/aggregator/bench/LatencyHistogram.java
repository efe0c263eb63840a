package org.pocx.aggregator.bench;

/**
 * Counts times in buckets. A bucket is at most 1/32 wider than the times in it; the range is all of {@code long}.
 *
 * <p>For one thread.
 */
final class LatencyHistogram {
    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];
    private long total;

    /** @param nanos a negative time counts as 0 */
    void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - SUB_BITS - 1);
        return shift * SUB_BUCKETS + (int) (nanos >>> shift);
    }

    /** The longest time of a bucket. */
    private static long upperBound(int bucket) {
        int shift = Math.max(0, bucket / SUB_BUCKETS - 1);
        return ((bucket - (long) shift * SUB_BUCKETS + 1) << shift) - 1;
    }

    long total() {
        return total;
    }

    /**
     * The time in nanoseconds that this share of all times does not exceed; 0 if nothing was recorded.
     *
     * @param share above 0, at most 1
     */
    long quantile(double share) {
        long rank = (long) Math.ceil(share * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return upperBound(i);
            }
        }
        return 0;
    }
}
