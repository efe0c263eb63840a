package org.pocx.aggregator.statistics;

import java.util.function.Consumer;
import org.pocx.aggregator.statistics.blocks.BlockObserver;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Passes what is found about blocks on as events. */
record BlockEvents(Consumer<StatisticsEvent> found) implements BlockObserver {

    @Override
    public void won(WonBlock block) {
        found.accept(new StatisticsEvent.BlockWon(block));
    }

    @Override
    public void forked(WonBlock block) {
        found.accept(new StatisticsEvent.BlockOrphaned(block));
    }

    @Override
    public void lost(ProbableLoss loss) {
        found.accept(new StatisticsEvent.BlockProbablyLost(loss));
    }

    @Override
    public void counted(double expectedWins, long unseen) {
        found.accept(new StatisticsEvent.BlocksCounted(expectedWins, unseen));
    }
}
