package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.FarmSnapshot.Machine;
import org.pocx.aggregator.statistics.FarmSnapshot.RoundBest;
import org.pocx.aggregator.statistics.FarmSnapshot.UpstreamError;
import org.pocx.aggregator.statistics.FarmSnapshot.UpstreamView;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;

class FarmCountersTest {
    private static final MiningInfo ROUND = round(100);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SettableClock clock = new SettableClock(NOW);
    private final List<HistoryChange> history = new ArrayList<>();
    private final FarmCounters statistics = new FarmCounters(120, scheduler, clock, history::add, 5, event -> {},
            new MachineDirectory());

    @BeforeEach
    void mining() {
        statistics.on(Events.opened(ROUND));
    }

    @Test
    void pollingMachine_isActiveForFiveMinutes_andRemovedAfterADay() {
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1", "rig1")));
        assertThat(machine().active()).isTrue();
        assertThat(machine().name()).isEqualTo("rig1");

        scheduler.advance(Duration.ofMinutes(5));
        assertThat(machine().active()).isFalse();

        scheduler.advance(Duration.ofHours(24));
        statistics.on(Events.opened(round(101)));
        assertThat(statistics.snapshot().machines()).isEmpty();
    }

    @Test
    void stepOfTheWallClock_changesNoActivity() {
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1")));

        clock.advance(Duration.ofDays(3));

        assertThat(machine().active()).isTrue();
        assertThat(machine().sinceSeen()).isZero();
    }

    @Test
    void improvements_areRecorded_asTheBestOfTheBlock() {
        queued(nonce(ROUND, 1, 1, 500));
        filtered(nonce(ROUND, 1, 2, 700));
        queued(nonce(ROUND, 1, 3, 300));

        assertThat(history).containsExactly(recorded(500), recorded(300));
        assertThat(best().rawQuality()).isEqualTo(300);
    }

    @Test
    void rejectedBest_isRemovedFromTheHistory_andTheNextBestCounts() {
        queued(nonce(ROUND, 1, 1, 500));
        queued(nonce(ROUND, 1, 2, 300));
        history.clear();

        statistics.on(event(nonce(ROUND, 1, 2, 300), Fate.PENDING, Fate.REJECTED, 300, "bad plot"));

        assertThat(history).containsExactly(recorded(500));
        assertThat(best().rawQuality()).isEqualTo(500);
        assertThat(machine().lastRejection()).isEqualTo("bad plot");
    }

    @Test
    void onlyNonceRejected_theRowIsWithdrawn() {
        queued(nonce(ROUND, 1, 1, 500));
        history.clear();

        statistics.on(event(nonce(ROUND, 1, 1, 500), Fate.PENDING, Fate.REJECTED, 500, ""));

        assertThat(history).containsExactly(new HistoryChange.BestWithdrawn(account(1), "m", 100));
        assertThat(machine().capacityTib()).isZero();
        assertThat(statistics.snapshot().best()).isEmpty();
    }

    @Test
    void confirmedWorseThanClaimed_countsAtItsTrueQuality() {
        queued(nonce(ROUND, 1, 1, 5));
        history.clear();

        statistics.on(event(nonce(ROUND, 1, 1, 5), Fate.PENDING, Fate.CONFIRMED, 900, ""));

        assertThat(history).containsExactly(recorded(900));
        assertThat(best()).extracting(RoundBest::rawQuality, RoundBest::fate).containsExactly(900L, Fate.CONFIRMED);
    }

    @Test
    void anotherHashAtTheSameHeight_hasABestOfItsOwn() {
        queued(nonce(ROUND, 1, 1, 5));
        MiningInfo restarted = new MiningInfo(
                ROUND.generationSignature(), ROUND.baseTarget(), ROUND.height(), round(7).blockHash());
        statistics.on(Events.opened(restarted));

        assertThat(statistics.snapshot().best()).isEmpty();
    }

    @Test
    void counts_addUpForFarmMachineAndAccount() {
        queued(nonce(ROUND, 1, 1, 500));
        filtered(nonce(ROUND, 1, 2, 700));
        queued(nonce(ROUND, 2, 3, 300));
        statistics.on(event(nonce(round(1), 9, 4, 1), null, Fate.REFUSED, 1, ""));
        statistics.on(event(nonce(ROUND, 1, 1, 500), Fate.PENDING, Fate.CONFIRMED, 500, ""));

        FarmSnapshot snapshot = statistics.snapshot();
        assertThat(snapshot.counts()).isEqualTo(new FateCounts(1, 1, 0, 1, 1, 0, 0, 0, 0, 0));
        assertThat(snapshot.counts().received()).isEqualTo(4);
        assertThat(machine().counts()).isEqualTo(snapshot.counts());
        assertThat(snapshot.accounts()).extracting(account -> account.counts().received()).containsExactly(2L, 1L);
    }

    @Test
    void nonceThatIsTakenOver_countsSo_untilItIsConfirmedElsewhere() {
        queued(nonce(ROUND, 1, 1, 500));
        statistics.on(event(nonce(ROUND, 1, 1, 500), Fate.PENDING, Fate.TAKEN_OVER, 500, ""));

        assertThat(statistics.snapshot().counts()).isEqualTo(new FateCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(statistics.snapshot().counts().received()).isEqualTo(1);
        assertThat(machine().counts()).isEqualTo(statistics.snapshot().counts());
        assertThat(statistics.snapshot().upstream().lastConfirmed()).isEmpty();
        assertThat(machine().capacityTib()).isPositive();

        statistics.on(event(nonce(ROUND, 1, 1, 500), Fate.TAKEN_OVER, Fate.CONFIRMED, 500, ""));
        assertThat(statistics.snapshot().counts()).isEqualTo(new FateCounts(0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
    }

    @Test
    void refusedNonces_openNoAccounts() {
        for (int i = 0; i < 100; i++) {
            statistics.on(event(nonce(round(1), i, 4, 1), null, Fate.REFUSED, 1, ""));
        }

        assertThat(statistics.snapshot().accounts()).isEmpty();
    }

    @Test
    void machinesAndAccounts_areBounded() {
        for (int i = 0; i < FarmRegistry.MAX_MACHINES + 500; i++) {
            scheduler.advance(Duration.ofNanos(1));
            NonceSubmission submission = nonce(ROUND, i, 1, 5);
            statistics.on(Events.fateChanged(
                    submission, new MinerId("m" + i), null, Fate.PENDING, 5, "", NOW, Duration.ZERO));
        }

        FarmSnapshot snapshot = statistics.snapshot();
        assertThat(snapshot.machines()).hasSizeLessThanOrEqualTo(FarmRegistry.MAX_MACHINES);
        assertThat(snapshot.accounts()).hasSizeLessThanOrEqualTo(FarmRegistry.MAX_ACCOUNTS);
        assertThat(snapshot.counts().received()).isEqualTo(FarmRegistry.MAX_MACHINES + 500);
    }

    /** Many accounts behind a proxy, which counts as one machine. */
    @Test
    void accountsOfOneMachine_areAllKept_andTheirNumberIsBounded() {
        int machines = FarmRegistry.MAX_PAIRS / FarmRegistry.MAX_ACCOUNTS;
        for (int i = 0; i < FarmRegistry.MAX_PAIRS + 500; i++) {
            scheduler.advance(Duration.ofNanos(1));
            NonceSubmission submission = nonce(ROUND, i % FarmRegistry.MAX_ACCOUNTS, 1, 5);
            MinerId miner = new MinerId("m" + i / FarmRegistry.MAX_ACCOUNTS);
            statistics.on(Events.fateChanged(submission, miner, null, Fate.PENDING, 5, "", NOW, Duration.ZERO));
            if (i == FarmRegistry.MAX_ACCOUNTS) {
                assertThat(sharesOf(statistics.snapshot(), "m0")).isEqualTo(FarmRegistry.MAX_ACCOUNTS);
            }
        }

        FarmSnapshot snapshot = statistics.snapshot();
        assertThat(snapshot.machines()).hasSize(machines + 1);
        assertThat(sharesOf(snapshot, "m0")).isLessThan(FarmRegistry.MAX_ACCOUNTS);
        assertThat(sharesOf(snapshot, "m1")).isEqualTo(FarmRegistry.MAX_ACCOUNTS);
        assertThat(snapshot.machines().stream().mapToInt(machine -> machine.accounts().size()).sum())
                .isLessThanOrEqualTo(FarmRegistry.MAX_PAIRS);
    }

    private static int sharesOf(FarmSnapshot snapshot, String machine) {
        return snapshot.machines().stream()
                .filter(one -> one.id().equals(machine))
                .mapToInt(one -> one.accounts().size())
                .sum();
    }

    @Test
    @Timeout(180)
    void machinesAtTheLimit_areSeenWhileOthersLeave() throws Exception {
        for (int i = 0; i < FarmRegistry.MAX_MACHINES; i++) {
            scheduler.advance(Duration.ofNanos(1));
            statistics.on(new AggregatorEvent.MinerSeen(new MinerId("m" + i)));
        }
        AtomicBoolean over = new AtomicBoolean();
        Thread seen = Thread.ofPlatform().start(() -> {
            for (int i = 0; !over.get(); i = (i + 7_919) % FarmRegistry.MAX_MACHINES) {
                scheduler.advance(Duration.ofNanos(1));
                statistics.on(new AggregatorEvent.MinerSeen(new MinerId("m" + i)));
            }
        });
        try {
            for (int i = 0; i < FarmRegistry.MAX_MACHINES; i++) {
                statistics.on(new AggregatorEvent.MinerSeen(new MinerId("new" + i)));
            }
        } finally {
            over.set(true);
            seen.join();
        }

        assertThat(statistics.snapshot().machines()).hasSizeLessThanOrEqualTo(FarmRegistry.MAX_MACHINES + 1);
    }

    @Test
    void restoredHistory_hasItsTimes_andCountsForCapacity() {
        for (int height = 71; height <= 100; height++) {
            statistics.restore(new BestNonce(
                    account(1), "old", height, 4_398_046_511_104L, NOW.minus(Duration.ofMinutes(10))));
        }

        assertThat(machine().active()).isFalse();
        assertThat(machine().sinceSeen()).isEqualTo(Duration.ofMinutes(10));
        assertThat(machine().capacityTib()).isEqualTo(1.0);
        assertThat(machine().submissions24h()).isEqualTo(30);
    }

    @Test
    void rowsOfAMachineInTwoSpellings_areOneMachineWithItsBest() {
        for (int height = 71; height <= 100; height++) {
            statistics.restore(new BestNonce(account(1), "::1", height, 4_398_046_511_104L, NOW));
            statistics.restore(new BestNonce(account(1), "0:0:0:0:0:0:0:1", height, 8_796_093_022_208L, NOW));
        }

        assertThat(statistics.snapshot().machines()).hasSize(1);
        assertThat(machine().id()).isEqualTo("::1");
        assertThat(machine().capacityTib()).isEqualTo(1.0);
        assertThat(machine().submissions24h()).isEqualTo(30);
    }

    @Test
    void namesAtAnAddress_areMachinesOfTheirOwn() {
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1", "rig1")));
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1", "rig2")));
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1")));

        assertThat(statistics.snapshot().machines())
                .extracting(FarmSnapshot.Machine::id, FarmSnapshot.Machine::name)
                .containsExactly(tuple("10.0.0.1", ""), tuple("10.0.0.1/rig1", "rig1"), tuple("10.0.0.1/rig2", "rig2"));
    }

    @Test
    void restoredBest_thatIsRejectedNow_isRemoved() {
        statistics.restore(new BestNonce(account(1), "m", 100, 5, NOW));
        queued(nonce(ROUND, 1, 1, 5));
        history.clear();

        statistics.on(event(nonce(ROUND, 1, 1, 5), Fate.PENDING, Fate.REJECTED, 5, ""));

        assertThat(history).containsExactly(new HistoryChange.BestWithdrawn(account(1), "m", 100));
    }

    @Test
    void restoredBest_thatWasConfirmed_showsSo() {
        statistics.restore(new BestNonce(account(1), "m", 100, 5, NOW));
        assertThat(best().fate()).isEqualTo(Fate.FILTERED);

        statistics.restore(verdict(nonce(ROUND, 1, 1, 5), Verdict.Outcome.CONFIRMED, 5));

        assertThat(best().fate()).isEqualTo(Fate.CONFIRMED);
    }

    @Test
    void restoredBest_thatIsNotTheConfirmedOne_isNotChanged() {
        statistics.restore(new BestNonce(account(1), "m", 100, 5, NOW));

        statistics.restore(verdict(nonce(ROUND, 1, 1, 4), Verdict.Outcome.CONFIRMED, 6));
        statistics.restore(verdict(nonce(ROUND, 1, 1, 5), Verdict.Outcome.STALE, 5));

        assertThat(best().fate()).isEqualTo(Fate.FILTERED);
    }

    @Test
    void restoredVerdicts_haveTheirTimes() {
        Instant before = NOW.minus(Duration.ofMinutes(30));
        statistics.restore(verdict(nonce(ROUND, 1, 1, 5), Verdict.Outcome.CONFIRMED, 5, before));

        assertThat(machine().sinceSeen()).isEqualTo(Duration.ofMinutes(30));
        assertThat(machine().active()).isFalse();
        assertThat(statistics.snapshot().accounts().getFirst().sinceSeen()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void machineWithRejectionsOnly_isSuspectAfterARestart() {
        List<Verdict> bad = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            bad.add(verdict(nonce(ROUND, 1, i, 5), Verdict.Outcome.REJECTED, 5, NOW.minus(Duration.ofHours(2))));
        }

        statistics.restorePast(bad);

        assertThat(machine().suspect()).isTrue();
        assertThat(machine().sinceSeen()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void machineThatLeftLongAgo_doesNotComeBackByItsVerdicts() {
        statistics.restorePast(List.of(
                verdict(nonce(ROUND, 1, 1, 5), Verdict.Outcome.REJECTED, 5, NOW.minus(Duration.ofHours(25)))));

        assertThat(statistics.snapshot().machines()).isEmpty();
    }

    @Test
    void restoredMachines_areBounded() {
        for (int i = 0; i < FarmRegistry.MAX_MACHINES + 500; i++) {
            statistics.restore(new BestNonce(account(1), "m" + i, 100, 5, NOW.minusSeconds(i)));
        }

        assertThat(statistics.snapshot().machines()).hasSizeLessThanOrEqualTo(FarmRegistry.MAX_MACHINES);
    }

    @Test
    void outageForAnotherReason_isTheOneShown() {
        UpstreamTrouble loading = UpstreamTrouble.unreachable("loading blocks");
        statistics.on(Events.down(UpstreamTrouble.unreachable("connection refused")));
        statistics.on(Events.stillDown(loading, Duration.ofSeconds(3)));
        statistics.on(Events.stillDown(loading, Duration.ofSeconds(4)));

        UpstreamView upstream = statistics.snapshot().upstream();
        assertThat(upstream.problem()).isEqualTo("loading blocks");
        assertThat(upstream.errors()).extracting(UpstreamError::words)
                .containsExactly("loading blocks", "connection refused");
    }

    private static Verdict verdict(NonceSubmission submission, Verdict.Outcome outcome, long confirmedRawQuality) {
        return verdict(submission, outcome, confirmedRawQuality, NOW);
    }

    private static Verdict verdict(
            NonceSubmission submission, Verdict.Outcome outcome, long confirmedRawQuality, Instant at) {
        return new Verdict(new ReceivedNonce(submission, new MinerId("m"), at), outcome, confirmedRawQuality,
                UpstreamMessage.NONE, outcome == Verdict.Outcome.REJECTED, at);
    }

    private Machine machine() {
        return statistics.snapshot().machines().getFirst();
    }

    private RoundBest best() {
        return statistics.snapshot().best().orElseThrow();
    }

    private void queued(NonceSubmission submission) {
        statistics.on(event(submission, null, Fate.PENDING, submission.rawQuality(), ""));
    }

    private void filtered(NonceSubmission submission) {
        statistics.on(event(submission, null, Fate.FILTERED, submission.rawQuality(), ""));
    }

    private static HistoryChange recorded(long rawQuality) {
        return new HistoryChange.BestRecorded(new BestNonce(account(1), "m", 100, rawQuality, NOW));
    }

    private static FateChanged event(
            NonceSubmission submission, @Nullable Fate before, Fate after, long confirmed, String words) {
        return Events.fateChanged(submission, new MinerId("m"), before, after, confirmed, words, NOW, Duration.ZERO);
    }
}
