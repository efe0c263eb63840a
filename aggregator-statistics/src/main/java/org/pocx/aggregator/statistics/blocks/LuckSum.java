package org.pocx.aggregator.statistics.blocks;

import java.time.Duration;
import java.time.Instant;
import org.pocx.aggregator.statistics.history.LuckRecord;
import org.pocx.aggregator.statistics.history.LuckSubject;

/** The expected and actual wins of one subject. Not thread-safe; guarded by {@link LuckSums}. */
final class LuckSum {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private final LuckSubject subject;
    private final PeriodRing periods;
    private double expected;
    private long won;

    LuckSum(LuckSubject subject) {
        this.subject = subject;
        this.periods = new PeriodRing(within(WEEK));
    }

    static LuckSum of(LuckRecord record) {
        LuckSum sum = new LuckSum(record.subject());
        sum.expected = record.expected();
        sum.won = record.won();
        record.periods().forEach(period -> sum.periods.add(period.index(), period.expected(), period.won()));
        return sum;
    }

    /** The number of periods that contain the last day or week: the current one is not over. */
    private int within(Duration time) {
        return (int) time.dividedBy(subject.kind().period()) + 1;
    }

    private long index(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), subject.kind().period().toSeconds());
    }

    void expect(Instant at, double probability) {
        expected += probability;
        periods.add(index(at), probability, 0);
    }

    /** @param change 1 for a win, -1 for one that was taken back */
    void win(Instant at, int change) {
        won = Math.max(0, won + change);
        periods.add(index(at), 0, change);
    }

    SubjectWins until(Instant now) {
        return new SubjectWins(
                subject,
                periods.sum(index(now), within(DAY)),
                periods.sum(index(now), within(WEEK)),
                new Wins(won, expected));
    }

    LuckRecord toRecord() {
        return new LuckRecord(subject, expected, won, periods.toRecords());
    }
}
