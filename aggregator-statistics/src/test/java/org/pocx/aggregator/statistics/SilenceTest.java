package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.statistics.history.BestNonce;

/** When a machine becomes silent and active again; here after three rounds. */
class SilenceTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);
    private static final int SILENT_ROUNDS = 3;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> told = new ArrayList<>();
    private final FarmCounters statistics = new FarmCounters(
            (int) BLOCK_TIME.toSeconds(), scheduler, new SettableClock(NOW), change -> {}, SILENT_ROUNDS, this::tell,
            new MachineDirectory());

    private MiningInfo round = Nonces.round(100);
    private boolean limited;
    private long nonces;

    private void tell(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.MachineSilent silent -> told.add(
                    silent.miner().address() + " silent for " + silent.missedRounds());
            case StatisticsEvent.MachineBack back -> told.add(back.miner().address() + " back after " + back.silence());
            case StatisticsEvent.BadNonceFound bad -> told.add("bad");
            case StatisticsEvent.FindingReported reported -> {}
            case StatisticsEvent.EventRecorded recorded -> told.add("recorded");
            case StatisticsEvent.BlockWon won -> told.add("won");
            case StatisticsEvent.BlockOrphaned orphaned -> told.add("orphaned");
            case StatisticsEvent.BlockProbablyLost lost -> told.add("lost");
            case StatisticsEvent.BlocksCounted counted -> told.add("counted");
        }
    }

    @Test
    void machineWithoutRequests_isReportedOnce_afterTheConfiguredRounds() {
        begin();
        submit("rig");
        roundsWithout(3);
        assertThat(told).isEmpty();

        roundsWithout(1);
        assertThat(told).containsExactly("rig silent for 3");
        assertThat(machine("rig").silent()).isTrue();

        roundsWithout(5);
        assertThat(told).hasSize(1);
        assertThat(machine("rig").missedRounds()).isEqualTo(8);
        assertThat(statistics.snapshot().silentMachines()).isEqualTo(1);
    }

    @Test
    void silentMachineThatPollsAgain_isReportedBackOnce() {
        begin();
        submit("rig");
        roundsWithout(4);

        poll("rig");
        poll("rig");

        assertThat(told).containsExactly("rig silent for 3", "rig back after PT8M");
        assertThat(machine("rig").silent()).isFalse();
    }

    @Test
    void nextSilence_isReportedAgain() {
        begin();
        submit("rig");
        roundsWithout(4);
        submit("rig");
        roundsWithout(4);

        assertThat(told).containsExactly("rig silent for 3", "rig back after PT8M", "rig silent for 3");
    }

    @Test
    void pollingMachineWithoutNonces_isSilent_whileOthersHaveSome() {
        begin();
        submit("rig", "other");
        rounds(3, "other", "rig");
        assertThat(told).isEmpty();

        rounds(1, "other", "rig");

        assertThat(told).containsExactly("rig silent for 3");
    }

    @Test
    void machineSilentWhilePolling_isBackWithItsFirstNonceOnly() {
        begin();
        submit("rig", "other");
        rounds(4, "other", "rig");

        poll("rig");
        assertThat(told).hasSize(1);

        submit("rig");
        assertThat(told).last().isEqualTo("rig back after PT8M");
    }

    @Test
    void shortRoundsWithoutAnyNonce_doNotCountForPollingMachines() {
        begin();
        submit("rig");
        for (int i = 0; i < 20; i++) {
            poll("rig");
            next(Duration.ofSeconds(10));
        }

        assertThat(told).isEmpty();
        assertThat(machine("rig").missedRounds()).isZero();
    }

    @Test
    void onlyMachineThatPolls_isJudgedByLongRounds() {
        begin();
        submit("rig");
        for (int i = 0; i < 4; i++) {
            next(BLOCK_TIME);
            poll("rig");
        }
        next(BLOCK_TIME);

        assertThat(told).containsExactly("rig silent for 3");
    }

    @Test
    void whereGoodNoncesAreWanted_rareOnesAreNoSilence() {
        limited = true;
        begin();
        for (int i = 0; i < 400; i++) {
            submit(i % 5 == 0 ? new String[] {"rig", "other"} : new String[] {"other"});
            poll("rig");
            next(BLOCK_TIME);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void whereGoodNoncesAreWanted_deadPlotsAreFoundAllTheSame() {
        limited = true;
        begin();
        for (int i = 0; i < 100; i++) {
            submit(i % 2 == 0 ? new String[] {"rig", "other"} : new String[] {"other"});
            next(BLOCK_TIME);
        }

        rounds(22, "other", "rig");

        assertThat(told).singleElement().asString().startsWith("rig silent for ");
    }

    @Test
    void burstOfBlocks_makesNoMachineSilentAtOnce() {
        begin();
        submit("rig");
        for (int i = 0; i < 10; i++) {
            next(Duration.ofMillis(100));
        }
        assertThat(told).isEmpty();

        scheduler.advance(SilenceDetector.LEAST_QUIET);
        assertThat(told).containsExactly("rig silent for 9");
    }

    @Test
    void signBetweenTheRounds_endsTheCount() {
        begin();
        submit("rig");
        roundsWithout(3);
        poll("rig");
        roundsWithout(3);

        assertThat(told).isEmpty();
    }

    @Test
    void visitorOfOneRound_isNeverMissed() {
        begin();
        poll("visitor");
        roundsWithout(20);

        assertThat(told).isEmpty();
    }

    @Test
    void machineThatPolledForRounds_isMissed() {
        begin();
        poll("rig");
        next(BLOCK_TIME);
        poll("rig");
        roundsWithout(4);

        assertThat(told).containsExactly("rig silent for 4");
    }

    @Test
    void roundInWhichAMachineJoined_doesNotCount() {
        begin();
        next(BLOCK_TIME);
        poll("rig");
        submit("other");
        next(BLOCK_TIME);

        assertThat(machine("rig").missedRounds()).isZero();
    }

    @Test
    void silentMachine_isRemovedAfterADay_withoutAnEvent() {
        begin();
        submit("rig");
        roundsWithout(4);
        scheduler.advance(Duration.ofHours(23));
        next(BLOCK_TIME);
        assertThat(statistics.snapshot().machines()).hasSize(1);

        scheduler.advance(Duration.ofHours(1));
        next(BLOCK_TIME);

        assertThat(statistics.snapshot().machines()).isEmpty();
        assertThat(told).containsExactly("rig silent for 3");
    }

    @Test
    void accountWithoutANonce_missesRounds_whileOthersHaveSome() {
        begin();
        submitFor(1, "rig");
        submitFor(2, "other");
        for (int i = 0; i < 3; i++) {
            next(BLOCK_TIME);
            submitFor(2, "other");
            poll("rig");
        }
        next(BLOCK_TIME);

        assertThat(missed(1)).isEqualTo(3);
        assertThat(missed(2)).isZero();

        submitFor(1, "rig");
        next(BLOCK_TIME);
        assertThat(missed(1)).isZero();
    }

    @Test
    void quickRoundsWithoutANonceOfAnybody_areHeldAgainstNoAccount() {
        begin();
        submit("rig");
        for (int i = 0; i < 9; i++) {
            next(Duration.ofSeconds(10));
        }

        assertThat(missed(1)).isZero();
    }

    @Test
    void roundInWhichAnAccountAppeared_doesNotCount() {
        begin();
        next(BLOCK_TIME);
        poll("rig");
        next(BLOCK_TIME);
        submit("rig");
        next(BLOCK_TIME);

        assertThat(missed(1)).isZero();
    }

    @Test
    void restart_continuesCountingForAccounts() {
        restored("rig", 97);
        statistics.restore(new BestNonce(account(2), "other", 100, 5, NOW.minus(BLOCK_TIME)));
        begin();
        roundsWithout(2);

        assertThat(missed(1)).isEqualTo(4);
        assertThat(missed(2)).isEqualTo(1);
    }

    @Test
    void account_isSilentOnceAllOfItsMachinesAre() {
        begin();
        submitFor(1, "rig", "second");
        rounds(3, "second");
        next(BLOCK_TIME);
        assertThat(machine("rig").silent()).isTrue();
        assertThat(accountOf(1).silent()).isFalse();

        roundsWithout(4);

        assertThat(accountOf(1).silent()).isTrue();
    }

    @Test
    void account_isSuspectWithAMachineOfIts_andKeepsTheWords() {
        begin();
        submitFor(1, "rig");
        submitFor(2, "other");
        NonceSubmission bad = nonce(round, 1, nonces, 5);
        statistics.on(Events.fateChanged(
                bad, new MinerId("rig"), Fate.PENDING, Fate.REJECTED, 5, "bad plot", NOW, Duration.ZERO));
        statistics.on(new AggregatorEvent.MachineSuspected(new MinerId("rig"), "bad plot"));

        assertThat(accountOf(1).suspect()).isTrue();
        assertThat(accountOf(1).lastRejection()).isEqualTo("bad plot");
        assertThat(accountOf(2).suspect()).isFalse();
    }

    @Test
    void restart_continuesCounting() {
        restored("rig", 99);
        restored("other", 100);
        begin();
        roundsWithout(2);
        assertThat(machine("rig").missedRounds()).isEqualTo(2);
        assertThat(told).isEmpty();

        roundsWithout(1);

        assertThat(told).containsExactly("rig silent for 3");
    }

    @Test
    void silenceBeforeARestart_isShown_andNeitherItNorItsEndIsReported() {
        restored("rig", 90);
        restored("other", 100);
        begin();
        assertThat(machine("rig").silent()).isTrue();
        assertThat(machine("other").silent()).isFalse();

        rounds(2, "other");
        poll("rig");

        assertThat(told).isEmpty();
        assertThat(machine("rig").silent()).isFalse();
    }

    @Test
    void restoredHeightsAbove2To63_areInOrder() {
        restored("rig", Long.MIN_VALUE);
        restored("other", Long.MAX_VALUE);
        begin();

        assertThat(Map.of("rig", machine("rig").missedRounds(), "other", machine("other").missedRounds()))
                .isEqualTo(Map.of("rig", 0, "other", 1));
    }

    @Test
    void noRounds_areRefused() {
        assertThatThrownBy(
                () -> new FarmCounters(
                        120, scheduler, new SettableClock(NOW), change -> {}, 0, event -> {}, new MachineDirectory()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void restored(String machine, long height) {
        statistics.restore(new BestNonce(account(1), machine, height, 5, NOW.minus(BLOCK_TIME)));
    }

    private void begin() {
        statistics.on(Events.opened(round));
    }

    private void next(Duration after) {
        scheduler.advance(after);
        int height = (int) round.height() + 1;
        MiningInfo plain = Nonces.round(height);
        round = new MiningInfo(
                plain.generationSignature(),
                plain.baseTarget(),
                height,
                plain.blockHash(),
                limited ? 1_000 : MiningInfo.NO_TARGET_QUALITY,
                1,
                1,
                Map.of());
        statistics.on(Events.opened(round));
    }

    private void roundsWithout(int rounds) {
        for (int i = 0; i < rounds; i++) {
            next(BLOCK_TIME);
        }
    }

    /** Rounds in which one machine submits and the others poll. */
    private void rounds(int count, String submitting, String... polling) {
        for (int i = 0; i < count; i++) {
            next(BLOCK_TIME);
            submit(submitting);
            List.of(polling).forEach(this::poll);
        }
    }

    private void poll(String machine) {
        statistics.on(new AggregatorEvent.MinerSeen(new MinerId(machine)));
    }

    private void submit(String... machines) {
        submitFor(1, machines);
    }

    private void submitFor(int account, String... machines) {
        for (String machine : machines) {
            poll(machine);
            statistics.on(Events.fateChanged(
                    nonce(round, account, ++nonces, 5),
                    new MinerId(machine),
                    null,
                    Fate.PENDING,
                    5,
                    "",
                    NOW,
                    Duration.ZERO));
        }
    }

    private FarmSnapshot.Account accountOf(int number) {
        return statistics.snapshot().accounts().stream()
                .filter(account -> account.accountId().equals(account(number)))
                .findFirst()
                .orElseThrow();
    }

    private int missed(int number) {
        return accountOf(number).missedRounds();
    }

    private FarmSnapshot.Machine machine(String id) {
        return statistics.snapshot().machines().stream()
                .filter(machine -> machine.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
