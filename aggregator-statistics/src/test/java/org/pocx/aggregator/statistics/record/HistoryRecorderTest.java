package org.pocx.aggregator.statistics.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmEvent.Kind;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundProgress;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

final class HistoryRecorderTest {
    private static final int BLOCK_TIME = 120;
    private static final MinerId MINER = new MinerId("10.0.0.1");
    private static final Instant START = Instant.parse("2026-03-01T12:00:10Z");

    private final InMemoryFarmStore store = new InMemoryFarmStore();
    private final FarmHistory history = store.history();
    private final SettableClock clock = new SettableClock(START);
    private final List<FarmEvent> told = new ArrayList<>();
    private long nanos;
    private HistoryRecorder recorder;

    @BeforeEach
    void build() {
        recorder = recorder();
    }

    private HistoryRecorder recorder() {
        return new HistoryRecorder(BLOCK_TIME, () -> nanos, clock, history, change -> store.write(change).join(),
                told::add);
    }

    private static FateChanged event(NonceSubmission nonce, Fate before, Fate after, String words) {
        return Events.fateChanged(nonce, MINER, before, after, nonce.rawQuality(), words, START, Duration.ZERO);
    }

    private NonceSubmission queued(MiningInfo round, int number, long quality) {
        NonceSubmission nonce = Nonces.nonce(round, 1, number, quality);
        recorder.on(event(nonce, null, Fate.PENDING, ""));
        return nonce;
    }

    private void confirm(NonceSubmission nonce) {
        recorder.on(event(nonce, Fate.PENDING, Fate.CONFIRMED, ""));
    }

    private List<RoundRecord> rounds() {
        return history.rounds(HistoryPage.newest(100)).stream()
                .map(HistoryRow::value)
                .toList();
    }

    private List<MinuteRecord> minutes() {
        List<MinuteRecord> found = new ArrayList<>();
        history.readMinutes(Instant.EPOCH, found::add);
        return found;
    }

    private List<Kind> kinds() {
        return told.stream().map(FarmEvent::kind).toList();
    }

    @Test
    void round_isRecordedWithItsBestAndCounts() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        confirm(queued(round, 1, 5_000_000_000L));
        recorder.on(event(Nonces.nonce(round, 1, 2, 9_000_000_000L), null, Fate.FILTERED, ""));
        clock.advance(Duration.ofSeconds(30));

        recorder.flush(12.5, 3);

        assertThat(rounds()).hasSize(1);
        RoundRecord recorded = rounds().getFirst();
        assertThat(recorded.begunAt()).isEqualTo(START);
        assertThat(recorded.until()).isEqualTo(START.plusSeconds(30));
        assertThat(recorded.counts()).isEqualTo(new WorkCounts(2, 1, 1, 0, 0, 0));
        assertThat(recorded.capacityTib()).isEqualTo(12.5);
        assertThat(recorded.activeMachines()).isEqualTo(3);
        assertThat(recorded.best().orElseThrow().rawQuality()).isEqualTo(5_000_000_000L);
        assertThat(recorded.best().orElseThrow().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void quietRound_isNotWrittenEachTime() {
        recorder.on(Events.opened(Nonces.round(7)));
        recorder.flush();
        clock.advance(Duration.ofSeconds(9));
        recorder.flush();
        assertThat(rounds().getFirst().until()).isEqualTo(START);
        clock.advance(Duration.ofSeconds(1));
        recorder.flush();

        assertThat(rounds().getFirst().until()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void verdictAfterTheRound_isStillRecordedWithIt() {
        MiningInfo first = Nonces.round(7);
        recorder.on(Events.opened(first));
        NonceSubmission late = queued(first, 1, 100);
        recorder.on(Events.opened(Nonces.round(8)));
        recorder.flush(1, 1);
        confirm(late);

        recorder.flush(1, 1);

        RoundRecord recorded = rounds().getLast();
        assertThat(recorded.height()).isEqualTo(7);
        assertThat(recorded.counts().confirmed()).isEqualTo(1);
        assertThat(recorded.best().orElseThrow().outcome()).isEqualTo(Outcome.CONFIRMED);
    }

    @Test
    void revivedRound_continuesItsRecord() {
        recorder.on(Events.opened(Nonces.round(7)));
        queued(Nonces.round(7), 1, 100);
        recorder.on(Events.opened(Nonces.round(8)));
        recorder.on(Events.revived(Nonces.round(7)));
        queued(Nonces.round(7), 2, 50);

        recorder.flush(1, 1);

        assertThat(rounds()).hasSize(2);
        assertThat(recorder.progress().orElseThrow().counts().received()).isEqualTo(2);
        assertThat(told.getLast().kind()).isEqualTo(Kind.IMPROVEMENT);
    }

    @Test
    void roundsThatFollowTooFast_areBounded() {
        for (int i = 0; i < 10 * RoundLog.MAX_ROUNDS; i++) {
            recorder.on(Events.opened(Nonces.round(i)));
        }

        recorder.flush(1, 1);

        assertThat(rounds()).hasSize(RoundLog.MAX_ROUNDS);
    }

    @Test
    void openRound_continuesAfterARestart() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        confirm(queued(round, 1, 100));
        recorder.flush(1, 1);
        clock.advance(Duration.ofSeconds(20));
        recorder = recorder();
        recorder.readPast();
        recorder.resume(List.of(round));

        assertThat(recorder.roundBegunAt()).contains(START);
        queued(round, 2, 200);

        RoundProgress progress = recorder.progress().orElseThrow();
        assertThat(progress.counts().received()).isEqualTo(2);
        assertThat(progress.best().orElseThrow().rawQuality()).isEqualTo(100);
        assertThat(progress.best().orElseThrow().fate()).isEqualTo(Fate.CONFIRMED);
    }

    @Test
    void eventIds_goOnAfterARestart() {
        recorder.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        recorder.on(Events.opened(Nonces.round(7)));
        long last = told.getLast().id();
        recorder = recorder();
        recorder.readPast();
        recorder.resume(List.of());
        recorder.on(new AggregatorEvent.Started(StoredFarm.EMPTY));

        assertThat(told.getLast().id()).isEqualTo(last + 1);
        assertThat(history.events(EventQuery.all(HistoryPage.newest(10)))).hasSize(3);
    }

    @Test
    void improvement_isRecordedOnlyIfItIsOne() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        queued(round, 1, 100);
        queued(round, 2, 300);
        queued(round, 3, 50);

        assertThat(told.stream().filter(event -> event.kind() == Kind.IMPROVEMENT))
                .extracting(FarmEvent::rawQuality)
                .containsExactly(100L, 50L);
    }

    @Test
    void improvementByARejectionOfAnother_isRecordedWithoutItsMessage() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        NonceSubmission runnerUp = Nonces.nonce(round, 1, 1, 100);
        recorder.on(event(runnerUp, Fate.FILTERED, Fate.PENDING, "the other plot is bad"));

        assertThat(told.getLast().kind()).isEqualTo(Kind.IMPROVEMENT);
        assertThat(told.getLast().words()).isEmpty();
    }

    @Test
    void eventsBeyondTheLimitOfARound_areOneEventAtItsEnd() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        for (int i = 0; i < EventLog.MAX_PER_ROUND + 15; i++) {
            confirm(queued(round, i, 1_000 + i));
        }
        assertThat(kinds().stream().filter(Kind.CONFIRMED::equals)).hasSize(EventLog.MAX_PER_ROUND);

        recorder.on(Events.opened(Nonces.round(8)));

        FarmEvent rest = told.get(told.size() - 2);
        assertThat(rest.kind()).isEqualTo(Kind.CONFIRMED);
        assertThat(rest.times()).isEqualTo(15);
        assertThat(rest.height()).isEqualTo(7);
    }

    @Test
    void numbersOfEvents_goOnAfterTheDatabaseWasDeleted() {
        recorder.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        recorder.on(Events.opened(Nonces.round(7)));
        clock.advance(Duration.ofSeconds(1));
        HistoryRecorder withoutHistory = new HistoryRecorder(
                BLOCK_TIME, () -> nanos, clock, new InMemoryFarmStore().history(), change -> {}, told::add);
        withoutHistory.readPast();
        withoutHistory.resume(List.of());
        withoutHistory.on(new AggregatorEvent.Started(StoredFarm.EMPTY));

        assertThat(told).extracting(FarmEvent::id).doesNotHaveDuplicates().isSorted();
        assertThat(told.getLast().id()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void numbersOfEvents_goOnAfterTheClockWasSetBack() {
        recorder.on(new AggregatorEvent.Started(StoredFarm.EMPTY));
        clock.advance(Duration.ofDays(-1));
        recorder = recorder();
        recorder.readPast();
        recorder.resume(List.of());
        recorder.on(new AggregatorEvent.Started(StoredFarm.EMPTY));

        assertThat(told).extracting(FarmEvent::id).containsExactly(
                START.toEpochMilli(), START.toEpochMilli() + 1);
    }

    @Test
    void minute_addsUpWhatHappens() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        confirm(queued(round, 1, 100));
        recorder.flush(1, 1);
        clock.advance(Duration.ofSeconds(10));
        NonceSubmission bad = queued(round, 2, 50);
        recorder.on(event(bad, Fate.PENDING, Fate.REJECTED, "bad plot"));
        recorder.flush(2, 4);
        clock.advance(Duration.ofSeconds(60));
        recorder.flush(3, 5);

        assertThat(minutes()).hasSize(2);
        MinuteRecord minute = minutes().getFirst();
        assertThat(minute.at()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(minute.counts()).isEqualTo(new WorkCounts(2, 0, 1, 1, 0, 0));
        assertThat(minute.capacityTib()).isEqualTo(2);
        assertThat(minute.activeMachines()).isEqualTo(4);
    }

    @Test
    void minuteThatComesAgain_isAddedTo() {
        recorder.on(Events.opened(Nonces.round(7)));
        queued(Nonces.round(7), 1, 100);
        recorder.flush(1, 1);
        clock.advance(Duration.ofMinutes(1));
        recorder.flush(1, 1);
        clock.advance(Duration.ofMinutes(-1)); // the clock is set back
        queued(Nonces.round(7), 2, 200);
        recorder.flush(1, 1);

        assertThat(minutes().getFirst().counts().received()).isEqualTo(2);
    }

    @Test
    void answerOfTheUpstream_isTimed() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        NonceSubmission nonce = queued(round, 1, 100);
        recorder.on(Events.forwarded(event(nonce, Fate.PENDING, Fate.PENDING, "").nonce()));
        assertThat(recorder.progress().orElseThrow().best().orElseThrow().inFlight()).isTrue();
        nanos += Duration.ofMillis(30).toNanos();
        confirm(nonce);

        recorder.flush(1, 1);

        assertThat(minutes().getFirst().latencies().count()).isEqualTo(1);
        assertThat(minutes().getFirst().latencies().quantileMillis(1)).isBetween(30.0, 43.0);
    }

    @Test
    void attemptWithoutAnAnswer_isNotTimedAndSaysWhyItWaits() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        NonceSubmission nonce = queued(round, 1, 100);
        recorder.on(Events.forwarded(event(nonce, Fate.PENDING, Fate.PENDING, "").nonce()));
        recorder.on(Events.delayed(event(nonce, Fate.PENDING, Fate.PENDING, "").nonce(),
                UpstreamTrouble.timedOut("timed out")));

        recorder.flush(1, 1);

        RoundProgress.Best best = recorder.progress().orElseThrow().best().orElseThrow();
        assertThat(minutes().getFirst().latencies().count()).isZero();
        assertThat(best.inFlight()).isFalse();
        assertThat(best.words()).isEqualTo("timed out");
    }

    @Test
    void attemptsAtOnce_areBounded() {
        RunningAttempts attempts = new RunningAttempts();
        for (int i = 0; i < 2 * RunningAttempts.MAX; i++) {
            attempts.begin(Nonces.nonce(Nonces.round(1), 1, i, 1), 0);
        }
        for (int i = 0; i < 2 * RunningAttempts.MAX; i++) {
            attempts.answered(Nonces.nonce(Nonces.round(1), 1, i, 1), 0);
        }

        assertThat(attempts.drain().count()).isEqualTo(RunningAttempts.MAX);
    }

    @Test
    void lastRejection_keepsTheWordsOfTheUpstream() {
        MiningInfo round = Nonces.round(7);
        recorder.on(Events.opened(round));
        recorder.on(event(queued(round, 1, 0), Fate.PENDING, Fate.REJECTED, "no such nonce"));

        RoundProgress progress = recorder.progress().orElseThrow();
        assertThat(progress.lastRejection().words()).isEqualTo("no such nonce");
        assertThat(progress.best()).isEmpty();
    }

    @Test
    void end_writesWhatIsLeft() {
        recorder.on(Events.opened(Nonces.round(7)));
        recorder.end(1, 1);

        assertThat(rounds()).hasSize(1);
        assertThat(told.getLast().kind()).isEqualTo(Kind.STOPPED);
    }

    @Test
    void errorsAndSilence_areRecorded() {
        recorder.on(Events.down(UpstreamTrouble.unreachable("refused")));
        recorder.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(5)));
        recorder.on(new AggregatorEvent.StoreDown("disk full", true));
        recorder.on(new AggregatorEvent.StoreUp(Duration.ofSeconds(5)));
        recorder.machineSilent(MINER, 3);
        recorder.machineBack(MINER, Duration.ofSeconds(5));
        recorder.on(new AggregatorEvent.MachineSuspected(MINER, "bad plot"));

        assertThat(kinds())
                .containsExactly(
                        Kind.UPSTREAM_DOWN,
                        Kind.UPSTREAM_UP,
                        Kind.STORE_DOWN,
                        Kind.STORE_UP,
                        Kind.MACHINE_SILENT,
                        Kind.MACHINE_BACK,
                        Kind.SUSPECTED);
    }

    @Test
    void badNonce_isAnEventWithItsClaimAndPlot() {
        NonceSubmission submission = Nonces.nonce(Nonces.round(7), 1, -1, 5_000);
        recorder.badNonce(new ReceivedNonce(submission, MINER, Instant.EPOCH), -2);

        assertThat(told.getLast())
                .extracting(FarmEvent::kind, FarmEvent::height, FarmEvent::accountId, FarmEvent::rawQuality,
                        FarmEvent::words)
                .containsExactly(Kind.BAD_PLOT, 7L, submission.accountId(), 5_000L,
                        "nonce 18446744073709551615 of seed " + submission.seed()
                                + ", compression 1: computed raw quality 18446744073709551614");
    }
}
