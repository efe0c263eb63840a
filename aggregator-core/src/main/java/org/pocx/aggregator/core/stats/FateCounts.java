package org.pocx.aggregator.core.stats;

/**
 * How many nonces were received, and where they stand. {@code received} is the sum of the others, always.
 *
 * <p>Counted since the process started; nonces that a restart took over from the outbox count as received at start.
 */
public record FateCounts(
        long refused,
        long filtered,
        long superseded,
        long pending,
        long confirmed,
        long rejected,
        long stale,
        long expired) {

    /** Nothing received yet. */
    public static final FateCounts NONE = new FateCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** All that was received. */
    public long received() {
        return refused + filtered + superseded + pending + confirmed + rejected + stale + expired;
    }

    /** Both together. */
    public FateCounts plus(FateCounts other) {
        return new FateCounts(
                refused + other.refused,
                filtered + other.filtered,
                superseded + other.superseded,
                pending + other.pending,
                confirmed + other.confirmed,
                rejected + other.rejected,
                stale + other.stale,
                expired + other.expired);
    }
}
