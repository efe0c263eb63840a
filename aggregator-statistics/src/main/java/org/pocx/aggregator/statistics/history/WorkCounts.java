package org.pocx.aggregator.statistics.history;

/**
 * The number of received nonces and of each outcome, of a round or of a minute. Nonces without an outcome, and those that were
 * taken over, are counted only in {@code received}. No count is negative.
 *
 * @param received nonces that were received for the first time
 * @param filtered not sent, because a better one was
 * @param confirmed accepted by the upstream
 * @param rejected rejected by the upstream
 * @param stale stale according to the upstream
 * @param expired ended without a verdict
 */
public record WorkCounts(long received, long filtered, long confirmed, long rejected, long stale, long expired) {

    /** No nonces. */
    public static final WorkCounts NONE = new WorkCounts(0, 0, 0, 0, 0, 0);

    /**
     * {@return the sums of the counts}
     *
     * @param other the counts to add
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
