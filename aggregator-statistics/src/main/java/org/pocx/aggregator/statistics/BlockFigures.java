package org.pocx.aggregator.statistics;

import java.util.List;
import org.pocx.aggregator.statistics.blocks.BlockTracker;
import org.pocx.aggregator.statistics.blocks.SubjectWins;
import org.pocx.aggregator.statistics.blocks.Wins;
import org.pocx.aggregator.statistics.history.LuckSubject;

/** The figures of a {@link BlockTracker} with their intervals. */
record BlockFigures(BlockTracker tracker) implements BlockLuck {

    @Override
    public long unseenBlocks() {
        return tracker.unseen();
    }

    @Override
    public LuckReport of(LuckSubject subject) {
        return report(tracker.wins(subject));
    }

    @Override
    public List<LuckReport> all(LuckSubject.Kind kind) {
        return tracker.wins(kind).stream().map(BlockFigures::report).toList();
    }

    private static LuckReport report(SubjectWins wins) {
        return new LuckReport(wins.subject(), luck(wins.day()), luck(wins.week()), luck(wins.all()));
    }

    private static Luck luck(Wins wins) {
        return Luck.of(wins.won(), wins.expected());
    }
}
