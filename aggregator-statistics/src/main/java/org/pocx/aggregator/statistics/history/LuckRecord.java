package org.pocx.aggregator.statistics.history;

import java.util.List;

/**
 * The wins of a subject, expected and actual.
 *
 * @param subject whose wins
 * @param expected the sum of all probabilities to win a block, since the beginning
 * @param won the number of blocks won since the beginning, without orphaned ones
 * @param periods those of the last week, in their order; periods without a round are left out
 */
public record LuckRecord(LuckSubject subject, double expected, long won, List<Period> periods) {
    /** Copies the periods. */
    public LuckRecord {
        periods = List.copyOf(periods);
    }

    /**
     * One period.
     *
     * @param index the number of the period since 1970, by {@link LuckSubject.Kind#period}
     * @param expected as above, of this period; stored with the precision of a float
     * @param won blocks won in this period
     */
    public record Period(long index, double expected, int won) {}
}
