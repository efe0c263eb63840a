package org.pocx.aggregator.statistics.history;

/**
 * How many nonces came in and what became of them, of a round or of a minute; what is still on its way is in {@code
 * received} alone. None is negative.
 *
 * @param received all that came in for the first time
 * @param filtered not sent, as something better was
 * @param confirmed accepted by the upstream
 * @param rejected refused by the upstream for good
 * @param stale called stale by the upstream
 * @param expired ended without a verdict
 */
public record WorkCounts(long received, long filtered, long confirmed, long rejected, long stale, long expired) {

    /** Nothing came in. */
    public static final WorkCounts NONE = new WorkCounts(0, 0, 0, 0, 0, 0);

    /**
     * {@return a sum of each count with the same of the other}
     *
     * @param other the counts to add, of another time or source
     */
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
