package org.pocx.aggregator.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.dashboard.DashboardSources;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;
import org.pocx.aggregator.statistics.history.WonBlock;

/** A history that cannot be read. */
final class BrokenHistory implements FarmHistory {
    DashboardSources in(DashboardSources sources) {
        return new DashboardSources(
                sources.snapshots(),
                sources.stats(),
                this,
                sources.luck(),
                sources.metrics(),
                sources.blockTime(),
                sources.live(),
                machine -> {
                    throw broken();
                },
                sources.resetBaseline());
    }

    private static StoreException broken() {
        return new StoreException("farm.db cannot be read, check the disk");
    }

    @Override
    public List<HistoryRow<RoundRecord>> rounds(HistoryPage page) {
        throw broken();
    }

    @Override
    public List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query) {
        throw broken();
    }

    @Override
    public List<FarmEvent> events(EventQuery query) {
        throw broken();
    }

    @Override
    public List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) {
        throw broken();
    }

    @Override
    public List<ProbableLoss> probableLosses(int newest) {
        throw broken();
    }

    @Override
    public void readRounds(Instant from, Consumer<RoundRecord> reader) {
        throw broken();
    }

    @Override
    public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {
        throw broken();
    }
}
