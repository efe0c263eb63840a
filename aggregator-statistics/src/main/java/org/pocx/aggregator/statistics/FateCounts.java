package org.pocx.aggregator.statistics;

import org.pocx.aggregator.core.event.Fate;

/**
 * The number of received nonces in each state. {@code received} is always the sum of the others,
 * of which {@code confirmedWorse} is a part.
 *
 * <p>Counted since the start of the process; nonces that a restart found in the outbox count as received at the start.
 *
 * @param refused see {@link Fate#REFUSED}
 * @param filtered see {@link Fate#FILTERED}
 * @param superseded see {@link Fate#SUPERSEDED}
 * @param pending see {@link Fate#PENDING}
 * @param confirmed see {@link Fate#CONFIRMED}
 * @param rejected see {@link Fate#REJECTED}
 * @param stale see {@link Fate#STALE}
 * @param expired see {@link Fate#EXPIRED}
 * @param confirmedWorse those of {@code confirmed} that the upstream confirmed with a worse quality than claimed
 * @param takenOver see {@link Fate#TAKEN_OVER}; not part of {@code confirmed}
 */
public record FateCounts(
        long refused,
        long filtered,
        long superseded,
        long pending,
        long confirmed,
        long rejected,
        long stale,
        long expired,
        long confirmedWorse,
        long takenOver) {

    /** Nothing received yet. */
    public static final FateCounts NONE = new FateCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** {@return the number of received nonces} */
    public long received() {
        return refused + filtered + superseded + pending + confirmed + takenOver + rejected + stale + expired;
    }

    /**
     * {@return the sums of the counts}
     *
     * @param other the counts to add
     */
    public FateCounts plus(FateCounts other) {
        return new FateCounts(
                refused + other.refused,
                filtered + other.filtered,
                superseded + other.superseded,
                pending + other.pending,
                confirmed + other.confirmed,
                rejected + other.rejected,
                stale + other.stale,
                expired + other.expired,
                confirmedWorse + other.confirmedWorse,
                takenOver + other.takenOver);
    }
}
