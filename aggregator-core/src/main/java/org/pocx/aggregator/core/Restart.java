package org.pocx.aggregator.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.history.HistoryRecorder;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.stats.FarmStatistics;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;

/**
 * Hands out what an earlier process left in the store, before anything new comes. The order matters: lanes take verdicts
 * and nonces of rounds that are open, and the statistics take verdicts on nonces that the history has told them of.
 */
record Restart(
        SubmissionStore store,
        InstantSource clock,
        RecentRounds rounds,
        Forwarder forwarder,
        FarmStatistics statistics,
        HistoryRecorder recorder,
        AggregatorListener listener) {

    /** @throws org.pocx.aggregator.core.store.StoreException when the store cannot be read */
    void takeOver() {
        StoredFarm farm = store.load(clock.instant());
        openRounds(farm);
        Instant now = clock.instant();
        store.readHistory(statistics.blocksOfHistory(), statistics::restore);
        List<Verdict> past = new ArrayList<>();
        store.readVerdicts(statistics.pastVerdicts(), past::add);
        statistics.restorePast(past);
        farm.verdicts().forEach(statistics::restore);
        recorder.restore(farm.openRounds().stream()
                .map(round -> round.announcements().getLast())
                .toList());
        listener.on(new AggregatorEvent.Started(farm));
        forwarder.restore(farm);
        resumeStatistics(farm, now);
    }

    private void openRounds(StoredFarm farm) {
        for (StoredFarm.StoredRound round : farm.openRounds()) {
            for (MiningInfo announcement : round.announcements()) {
                forwarder.announced(rounds.announce(announcement));
            }
        }
    }

    private void resumeStatistics(StoredFarm farm, Instant now) {
        rounds.current().ifPresent(round -> statistics.resumeRound(
                round.info(), Duration.between(recorder.roundBegunAt().orElse(now), now)));
        farm.confirmedMachines().values().stream()
                .max(Comparator.naturalOrder())
                .ifPresent(last -> statistics.confirmedBefore(Duration.between(last, now)));
    }
}
