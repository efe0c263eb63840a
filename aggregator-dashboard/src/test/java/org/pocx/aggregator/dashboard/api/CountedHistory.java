package org.pocx.aggregator.dashboard.api;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

/** An empty history that counts how often its minutes are read. */
final class CountedHistory implements FarmHistory {
    private final AtomicInteger readings = new AtomicInteger();

    int readings() {
        return readings.get();
    }

    @Override
    public List<HistoryRow<RoundRecord>> rounds(HistoryPage page) {
        return List.of();
    }

    @Override
    public List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query) {
        return List.of();
    }

    @Override
    public List<FarmEvent> events(EventQuery query) {
        return List.of();
    }

    @Override
    public List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) {
        return List.of();
    }

    @Override
    public List<ProbableLoss> probableLosses(int newest) {
        return List.of();
    }

    @Override
    public void readRounds(Instant from, Consumer<RoundRecord> reader) {}

    @Override
    public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {
        readings.incrementAndGet();
    }
}
