package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/** The statistics after a restart. */
final class FarmRestartTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EARLIER = NOW.minus(Duration.ofMinutes(3));
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final InMemoryFarmStore store = new InMemoryFarmStore();
    private final List<StatisticsEvent> found = new ArrayList<>();
    private FarmStatistics statistics = build(store);

    private FarmStatistics build(HistoryStore history) {
        return FarmStatistics.builder()
                .store(history)
                .scheduler(scheduler)
                .clock(new SettableClock(NOW))
                .silentRounds(1)
                .listener(found::add)
                .build();
    }

    private void takeOver() {
        statistics = build(store);
        statistics.on(new AggregatorEvent.Started(store.load(NOW)));
    }

    private void stored(StoreChange change) {
        store.write(change).join();
    }

    private void storedRound(MiningInfo info) {
        stored(new StoreChange.RoundAnnounced(info, EARLIER));
    }

    private void storedBest(int height, long rawQuality) {
        store.write(new HistoryChange.BestRecorded(
                new BestNonce(account(1), MINER.id(), height, rawQuality, EARLIER))).join();
    }

    private void storedConfirmation(NonceSubmission submission, String machine, Instant at) {
        stored(new StoreChange.VerdictGiven(new Verdict(new ReceivedNonce(submission, new MinerId(machine), EARLIER),
                Verdict.Outcome.CONFIRMED, submission.rawQuality(), UpstreamMessage.NONE, false, at)));
    }

    @Test
    void emptyStore_changesNothing() {
        takeOver();

        assertThat(statistics.snapshot().current()).isEmpty();
        assertThat(statistics.snapshot().upstream().lastConfirmed()).isEmpty();
    }

    @Test
    void lastOpenRound_isTheCurrentOne() {
        storedRound(round(1));
        storedRound(round(2));

        takeOver();

        assertThat(statistics.snapshot().current()).contains(round(2));
    }

    @Test
    void history_countsAgain() {
        storedRound(round(3));
        storedBest(1, 100);
        storedBest(2, 100);

        takeOver();

        assertThat(statistics.snapshot().machines().getFirst().submissions24h()).isEqualTo(2);
    }

    @Test
    void bestThatWasConfirmed_showsAsConfirmed() {
        storedRound(round(1));
        storedBest(1, 100);
        storedConfirmation(nonce(round(1), 1, 1, 100), MINER.id(), EARLIER);

        takeOver();

        assertThat(statistics.snapshot().best()).hasValueSatisfying(best -> assertThat(best.fate())
                .isEqualTo(Fate.CONFIRMED));
    }

    @Test
    void bestThatWasTakenOver_isCountedSo() {
        storedRound(round(1));
        storedBest(1, 100);
        stored(new StoreChange.VerdictGiven(new Verdict(
                new ReceivedNonce(nonce(round(1), 1, 1, 100), MINER, EARLIER),
                Verdict.Outcome.TAKEN_OVER, 100, UpstreamMessage.NONE, false, EARLIER)));

        takeOver();

        assertThat(statistics.snapshot().counts().takenOver()).isEqualTo(1);
        assertThat(statistics.snapshot().counts().confirmed()).isZero();
        assertThat(statistics.snapshot().best()).hasValueSatisfying(best -> assertThat(best.fate())
                .isEqualTo(Fate.TAKEN_OVER));
    }

    @Test
    void recordOfTheCurrentRound_isUpdated() {
        storedRound(round(1));
        store.write(new HistoryChange.RoundRecorded(new RoundRecord(
                hash(1), 1, 7, EARLIER, EARLIER, Optional.empty(), new WorkCounts(5, 0, 0, 0, 0, 0), 1.5, 1))).join();

        takeOver();

        assertThat(statistics.snapshot().progress()).hasValueSatisfying(progress -> {
            assertThat(progress.begunAt()).isEqualTo(EARLIER);
            assertThat(progress.counts().received()).isEqualTo(5);
        });
        assertThat(statistics.snapshot().roundAge()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void currentRoundWithoutARecord_beginsNow() {
        storedRound(round(1));

        takeOver();

        assertThat(statistics.snapshot().progress()).hasValueSatisfying(progress -> assertThat(progress.begunAt())
                .isEqualTo(NOW));
        assertThat(statistics.snapshot().roundAge()).isZero();
    }

    @Test
    void recorder_continuesWithTheNewestRecordOfARound() {
        storedRound(round(1));
        storedRound(new MiningInfo(round(1).generationSignature(), 99, 5, hash(1)));

        takeOver();

        assertThat(statistics.snapshot().progress())
                .hasValueSatisfying(progress -> assertThat(progress.height()).isEqualTo(5));
    }

    @Test
    void outbox_isCountedForItsRoundAndItsMachine() {
        storedRound(round(1));
        takeOver();
        statistics.on(Events.fateChanged(
                nonce(round(1), 1, 1, 100),
                MINER,
                null,
                Fate.PENDING,
                100,
                "",
                EARLIER,
                Duration.between(EARLIER, NOW)));

        assertThat(statistics.snapshot().progress())
                .hasValueSatisfying(progress -> assertThat(progress.counts().received()).isEqualTo(1));
        assertThat(statistics.snapshot().best()).hasValueSatisfying(best -> assertThat(best.fate())
                .isEqualTo(Fate.PENDING));
    }

    @Test
    void lastConfirmation_isTheNewestOfAllMachines() {
        storedRound(round(1));
        storedConfirmation(nonce(round(1), 1, 1, 100), "a", NOW.minusSeconds(50));
        storedConfirmation(nonce(round(1), 2, 2, 100), "b", NOW.minusSeconds(20));
        storedConfirmation(nonce(round(1), 3, 3, 100), "c", NOW.minusSeconds(90));

        takeOver();

        assertThat(statistics.snapshot().upstream().lastConfirmed()).contains(Duration.ofSeconds(20));
    }

    /** It does not show that its machine is active now. */
    @Test
    void nonceOfTheOutbox_endsNoSilence() {
        storedRound(round(3));
        storedBest(1, 100);
        store.write(new HistoryChange.BestRecorded(new BestNonce(account(2), "10.0.0.2", 3, 1, EARLIER))).join();
        takeOver();

        statistics.on(Events.fateChanged(
                nonce(round(1), 1, 1, 100), MINER, null, Fate.PENDING, 100, "", EARLIER,
                Duration.between(EARLIER, NOW)));

        assertThat(statistics.snapshot().machines().getFirst().silent()).isTrue();
    }

    @Test
    void start_isTheFirstEventThatIsRecorded() {
        storedRound(round(1));

        takeOver();

        assertThat(found).singleElement().isInstanceOfSatisfying(
                StatisticsEvent.EventRecorded.class,
                recorded -> assertThat(recorded.event().kind()).isEqualTo(FarmEvent.Kind.STARTED));
    }

    @Test
    void historyThatCannotBeRead_keepsThemFromBeingBuilt() {
        assertThatThrownBy(() -> build(new UnreadableStore())).isInstanceOf(StoreException.class);
    }

    private static final class UnreadableStore implements HistoryStore {
        @Override
        public void readHistory(long blocks, Consumer<BestNonce> reader) {
            throw new StoreException("the file is damaged");
        }

        @Override
        public CompletableFuture<Void> write(HistoryChange change) {
            return new CompletableFuture<>();
        }

        @Override
        public FarmHistory history() {
            return FarmHistory.NONE;
        }
    }
}
