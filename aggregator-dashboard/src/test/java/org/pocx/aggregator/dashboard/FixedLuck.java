package org.pocx.aggregator.dashboard;

import java.util.List;
import org.pocx.aggregator.statistics.BlockLuck;
import org.pocx.aggregator.statistics.Luck;
import org.pocx.aggregator.statistics.LuckReport;
import org.pocx.aggregator.statistics.history.LuckSubject;

/** The luck of a farm whose account 1 and machine 127.0.0.13 won more than others. */
public final class FixedLuck implements BlockLuck {
    @Override
    public long unseenBlocks() {
        return 7;
    }

    @Override
    public LuckReport of(LuckSubject subject) {
        return switch (subject.kind()) {
            case FARM -> report(subject, 25, 20);
            case ACCOUNT, MACHINE -> report(subject, 0, 0);
        };
    }

    @Override
    public List<LuckReport> all(LuckSubject.Kind kind) {
        return switch (kind) {
            case FARM -> List.of(of(LuckSubject.FARM));
            case ACCOUNT -> List.of(report(new LuckSubject(kind, "a".repeat(40)), 3, 4));
            case MACHINE -> List.of(
                    report(LuckSubject.machine("127.0.0.2"), 1, 2),
                    report(LuckSubject.machine(Farms.MACHINE), 5, 2),
                    report(LuckSubject.machine("127.0.0.3"), 1, 3));
        };
    }

    private static LuckReport report(LuckSubject subject, long won, double expected) {
        return new LuckReport(subject, Luck.of(0, 0), Luck.of(won, expected / 2), Luck.of(won, expected));
    }
}
