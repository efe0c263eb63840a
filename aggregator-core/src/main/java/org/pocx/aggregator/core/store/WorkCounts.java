package org.pocx.aggregator.core.store;

/**
 * How many nonces came in and what became of them, of a round or of a minute; what is still on its way is in {@code
 * received} alone. None is negative.
 */
public record WorkCounts(long received, long filtered, long confirmed, long rejected, long stale, long expired) {

    /** Nothing came in. */
    public static final WorkCounts NONE = new WorkCounts(0, 0, 0, 0, 0, 0);

    /** Both together. */
    public WorkCounts plus(WorkCounts other) {
        return new WorkCounts(
                received + other.received,
                filtered + other.filtered,
                confirmed + other.confirmed,
                rejected + other.rejected,
                stale + other.stale,
                expired + other.expired);
    }
}
