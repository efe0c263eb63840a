package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.HistoryChange;

class CapacityMonitorTest {
    private static final String MACHINE = "10.0.0.7";
    private static final UpstreamTrouble TROUBLE = UpstreamTrouble.timedOut("timed out");

    private final DetectionRig rig = new DetectionRig();

    private void configured() {
        rig.configured.put(MACHINE, DetectionRig.TIB);
        rig.warmUp(MACHINE);
    }

    private double usableRounds(Runnable round) {
        rig.warmUp(MACHINE);
        rig.judge();
        double before = rig.observed(MACHINE);
        round.run();
        rig.judge();
        return rig.observed(MACHINE) - before;
    }

    private void seenInQuarters(boolean... quarters) {
        rig.open();
        for (boolean seen : quarters) {
            if (seen) {
                rig.poll(MACHINE, DetectionRig.QUARTER);
            } else {
                rig.pass(DetectionRig.QUARTER.plusSeconds(3)); // a slot of presence lasts 2 s here
            }
        }
        rig.submit(MACHINE, rig.nonce(DetectionRig.MEAN_QUALITY));
    }

    @Test
    void wholeRound_isUsed() {
        assertThat(usableRounds(() -> rig.mine(MACHINE, 1, 1))).isEqualTo(1);
    }

    @Test
    void roundInWhichTheMachineWasNotSeenInAQuarter_isLeftOut() {
        assertThat(usableRounds(() -> seenInQuarters(true, true, true, true))).isEqualTo(1);
        assertThat(usableRounds(() -> seenInQuarters(true, false, true, true))).isZero();
    }

    @Test
    void roundShorterThanAScan_isLeftOut() {
        assertThat(usableRounds(() -> {
            rig.open();
            rig.submit(MACHINE, rig.nonce(1));
            rig.poll(MACHINE, Duration.ofSeconds(25));
        }))
                .isZero();
    }

    @Test
    void roundWhoseBestWasRejected_isLeftOut() {
        assertThat(usableRounds(() -> rig.reject(MACHINE, rig.mine(MACHINE, 1_000)))).isZero();
    }

    @Test
    void roundWhoseBestWasOverClaimed_isLeftOut() {
        assertThat(usableRounds(() -> rig.confirm(MACHINE, rig.mine(MACHINE, 1_000), 5_000))).isZero();
    }

    @Test
    void roundWhoseBestWasConfirmed_isUsed_alsoIfAWorseOneWasRejected() {
        assertThat(usableRounds(() -> {
            NonceSubmission best = rig.mine(MACHINE, 1_000);
            NonceSubmission worse = rig.nonce(2_000);
            rig.submit(MACHINE, worse);
            rig.reject(MACHINE, worse);
            rig.confirm(MACHINE, best, 1_000);
        }))
                .isEqualTo(1);
    }

    @Test
    void verdictAfterTheRound_countsToo() {
        assertThat(usableRounds(() -> {
            NonceSubmission best = rig.mine(MACHINE, 1_000);
            rig.open();
            rig.reject(MACHINE, best);
        }))
                .isZero();
    }

    @Test
    void roundWithAnOutage_isLeftOut_butNotAFailedPoll() {
        assertThat(usableRounds(() -> {
            rig.mine(MACHINE, 1, 1);
            rig.detection.on(Events.down(TROUBLE));
            rig.pass(Duration.ofSeconds(2));
            rig.seen(MACHINE);
            rig.detection.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(2)));
        }))
                .isEqualTo(1);
        assertThat(usableRounds(() -> {
            rig.mine(MACHINE, 1, 1);
            rig.detection.on(Events.down(TROUBLE));
            rig.pass(Duration.ofSeconds(20));
            rig.seen(MACHINE);
            rig.detection.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(20)));
        }))
                .isZero();
    }

    @Test
    void roundsOfANodeThatSynchronises_areLeftOut() {
        assertThat(usableRounds(() -> {
            rig.detection.on(new AggregatorEvent.Synchronising(Optional.of("it says so")));
            rig.mine(MACHINE, 3, 1);
            rig.detection.on(new AggregatorEvent.Synchronising(Optional.empty()));
        }))
                .isZero();
    }

    @Test
    void roundThatIsCurrentASecondTime_isLeftOut() {
        assertThat(usableRounds(() -> {
            MiningInfo before = rig.round();
            rig.mine(MACHINE, 1, 1);
            rig.detection.on(Events.revived(before));
            rig.poll(MACHINE, Duration.ofMinutes(2));
        }))
                .isZero();
    }

    @Test
    void silentMachine_isNotReported() {
        configured();
        for (int i = 0; i < 200; i++) {
            rig.open();
            rig.pass(Duration.ofMinutes(2));
        }

        assertThat(rig.found).isEmpty();
    }

    @Test
    void machineThatPollsAndSendsNothing_isAMatterOfTheSilenceDetector() {
        configured();
        for (int i = 0; i < 200; i++) {
            seenInQuartersWithoutNonce();
        }

        assertThat(rig.found).isEmpty();
    }

    private void seenInQuartersWithoutNonce() {
        rig.open();
        rig.poll(MACHINE, Duration.ofMinutes(2));
    }

    @Test
    void half_isReportedOnce_withSinceWhenAndHowMuch() {
        configured();
        Instant change = rig.clock.instant();
        rig.mine(MACHINE, 60, 0.5);

        assertThat(rig.found).hasSize(1);
        Finding.CapacityDropped dropped = (Finding.CapacityDropped) rig.found.getFirst();
        assertThat(dropped.miner().id()).isEqualTo(MACHINE);
        CapacityDrop drop = dropped.drop();
        assertThat(drop.since()).isEqualTo(change);
        assertThat(drop.baselineTib()).isEqualTo(100);
        assertThat(drop.measuredTib()).isCloseTo(50, within(0.01));
        assertThat(drop.missing()).isEqualTo(0.5);
        assertThat(drop.source()).isEqualTo(BaselineSource.CONFIGURED);
        assertThat(rig.detection.findings().drop(MACHINE)).isPresent();
    }

    @Test
    void quarter_isReportedAsSuch() {
        configured();
        rig.mine(MACHINE, 300, 0.75);

        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().drop(MACHINE).orElseThrow().missing()).isEqualTo(0.25);
    }

    @Test
    void lossOfAQuarterThatBecomesHalf_isReportedAgain() {
        configured();
        rig.mine(MACHINE, 300, 0.75);
        rig.mine(MACHINE, 200, 0.5);

        assertThat(rig.found).hasSize(2);
        assertThat(rig.detection.findings().drop(MACHINE).orElseThrow().missing()).isEqualTo(0.5);
    }

    @Test
    void capacityThatIsBack_isReported() {
        configured();
        rig.mine(MACHINE, 60, 0.5);
        rig.mine(MACHINE, 60, 1);

        assertThat(rig.found).hasSize(2);
        Finding.CapacityRestored restored = (Finding.CapacityRestored) rig.found.getLast();
        assertThat(restored.measuredTib()).isCloseTo(100, within(0.01));
        assertThat(restored.drop().missing()).isEqualTo(0.5);
        assertThat(rig.detection.findings().drop(MACHINE)).isEmpty();
    }

    @Test
    void partOfALossThatIsBack_leavesALossOfAQuarter() {
        configured();
        rig.mine(MACHINE, 60, 0.5);
        rig.mine(MACHINE, 1_000, 0.75);

        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().drop(MACHINE).orElseThrow().missing()).isEqualTo(0.25);
    }

    @Test
    void baselineIsLearned_whenNoneIsConfigured() {
        rig.warmUp(MACHINE);
        rig.mine(MACHINE, CapacityDetector.HALF_AFTER - 1, 1);
        rig.judge();
        assertThat(rig.detection.findings().capacity(MACHINE).orElseThrow().expectedTib()).isNaN();

        rig.mine(MACHINE, 2, 1);
        rig.judge();
        assertThat(rig.detection.findings().capacity(MACHINE).orElseThrow().expectedTib())
                .isCloseTo(100, within(0.01));

        rig.mine(MACHINE, 80, 0.5);
        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().drop(MACHINE).orElseThrow().source()).isEqualTo(BaselineSource.LEARNED);
    }

    @Test
    void changedSetting_beginsAnew() {
        configured();
        rig.mine(MACHINE, 60, 0.5);
        rig.configured.put(MACHINE, DetectionRig.TIB / 2);
        rig.mine(MACHINE, 100, 0.5);

        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().drop(MACHINE)).isEmpty();
    }

    @Test
    void ownersReset_forgetsTheLossAndTheBaseline() {
        rig.warmUp(MACHINE);
        rig.mine(MACHINE, 400, 1);
        rig.mine(MACHINE, 80, 0.5);
        assertThat(rig.found).hasSize(1);

        assertThat(rig.detection.resetBaseline(MACHINE)).isTrue();

        assertThat(rig.detection.findings().drop(MACHINE)).isEmpty();
        rig.mine(MACHINE, 400, 0.5);
        rig.judge();
        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().capacity(MACHINE).orElseThrow().expectedTib())
                .isCloseTo(50, within(0.01));
    }

    @Test
    void resetOfAnUnknownMachine_isRefused() {
        assertThat(rig.detection.resetBaseline("10.0.0.99")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restart_loosesNothing(boolean killed) {
        configured();
        rig.mine(MACHINE, 17, 0.5);
        rig.judge();
        rig.detection.tick();
        rig.restart(killed);
        rig.mine(MACHINE, 25, 0.5);

        assertThat(rig.found).hasSize(1);

        rig.judge();
        rig.detection.tick();
        CapacityDrop before = rig.detection.findings().drop(MACHINE).orElseThrow();
        rig.restart(killed);
        assertThat(rig.detection.findings().drop(MACHINE)).contains(before);
        rig.mine(MACHINE, 100, 0.5);
        assertThat(rig.found).hasSize(1);
    }

    @Test
    void firstRoundAfterTheStart_isLeftOut() {
        configured();
        rig.restart(false);
        double before = rig.observed(MACHINE);
        rig.mine(MACHINE, 1, 1);
        rig.judge();

        assertThat(rig.observed(MACHINE)).isEqualTo(before);
    }

    @Test
    void hours_areRecordedWhenTheyAreOver_andTheCurrentOneSurvivesARestart() {
        rig.warmUp(MACHINE);
        rig.mine(MACHINE, 90, 0.5);
        rig.restart(false);

        List<CapacityHour> hours = new ArrayList<>();
        rig.store.history().readCapacityHours(MACHINE, Instant.EPOCH, hours::add);
        assertThat(hours).hasSize(3);
        assertThat(hours.get(1).rounds()).isEqualTo(30);
        assertThat(hours.get(1).tib()).isCloseTo(50, within(0.01));
        CapacityHour current = rig.detection.currentHour(MACHINE).orElseThrow();
        assertThat(current.hour()).isAfter(hours.getLast().hour());
        assertThat(current.rounds()).isLessThan(30);
    }

    @Test
    void statesOfALargeFarm_areWrittenOverSeveralSeconds() {
        int machines = 3 * CapacityMonitor.WRITTEN_AT_ONCE;
        for (int round = 0; round < ScanTimes.LEAST + 2; round++) {
            rig.open();
            for (int quarter = 0; quarter < 4; quarter++) {
                rig.pass(Duration.ofSeconds(15));
                for (int i = 0; i < machines; i++) {
                    rig.submit("m" + i, rig.nonce(DetectionRig.MEAN_QUALITY));
                }
                rig.pass(Duration.ofSeconds(15));
            }
        }
        rig.written.clear();
        rig.judge();

        assertThat(states()).hasSize(CapacityMonitor.WRITTEN_AT_ONCE);
        rig.detection.tick();
        rig.detection.tick();
        rig.detection.tick();
        assertThat(states()).hasSize(machines).doesNotHaveDuplicates();
    }

    private List<String> states() {
        return rig.written.stream()
                .filter(HistoryChange.DetectorRecorded.class::isInstance)
                .map(change -> ((HistoryChange.DetectorRecorded) change).state().subject())
                .toList();
    }
}
