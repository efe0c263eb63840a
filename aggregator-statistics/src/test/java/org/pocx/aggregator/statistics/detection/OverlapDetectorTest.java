package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

class OverlapDetectorTest {
    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";

    private final DetectionRig rig = new DetectionRig();

    @BeforeEach
    void begin() {
        rig.open();
        rig.seen(A);
        rig.seen(B);
        rig.pass(Duration.ofSeconds(1));
    }

    /** The first machine sends nonces, and the second one sends them, too. */
    private void share(String first, String second, int nonces) {
        for (int i = 0; i < nonces; i++) {
            NonceSubmission nonce = rig.nonce(1_000);
            rig.submit(first, nonce);
            rig.repeat(second, nonce);
        }
    }

    private void others(String... machines) {
        for (String machine : machines) {
            rig.submit(machine, rig.nonce(1_000));
        }
    }

    private void assertReported(String a, String b) {
        assertThat(rig.found).hasSize(1);
        PlotOverlap overlap = ((Finding.PlotsOverlap) rig.found.getFirst()).overlap();
        assertThat(List.of(overlap.machineA(), overlap.machineB())).containsExactly(a, b);
    }

    @Test
    void threeEqualNoncesInTwoRounds_areReported() {
        others(A, B);
        share(A, B, 2);
        rig.open();
        assertThat(rig.found).isEmpty();
        share(B, A, 1);

        assertReported(A, B);
        PlotOverlap overlap = rig.detection.findings().overlaps().getFirst();
        assertThat(overlap.nonces()).isEqualTo(3);
        assertThat(overlap.rounds()).isEqualTo(2);
        assertThat(overlap.since()).isEqualTo(rig.clock.instant());
    }

    @Test
    void furtherEqualNonceOfTheRoundOfTheReport_addsNoRound() {
        others(A, B);
        share(A, B, 2);
        rig.open();
        share(A, B, 3);

        PlotOverlap overlap = rig.detection.findings().overlaps().getFirst();
        assertThat(overlap.nonces()).isEqualTo(5);
        assertThat(overlap.rounds()).isEqualTo(2);
    }

    @Test
    void equalNoncesInOneRoundOnly_areNotReported() {
        others(A, B);
        share(A, B, 10);

        assertThat(rig.found).isEmpty();
    }

    @Test
    void twoEqualNoncesInTwoRounds_areNotReported() {
        others(A, B);
        share(A, B, 1);
        rig.open();
        others(A, B);
        share(A, B, 1);

        assertThat(rig.found).isEmpty();
    }

    @Test
    void machineWithoutNoncesOfItsOwn_isNotReported_untilItHasOne() {
        others(A);
        share(A, B, 2);
        rig.open();
        share(A, B, 2);
        assertThat(rig.found).isEmpty();

        others(B);
        assertReported(A, B);
    }

    @Test
    void nonceThatIsRepeatedOverAndOver_isOne() {
        others(A, B);
        NonceSubmission nonce = rig.nonce(1_000);
        rig.submit(A, nonce);
        for (int i = 0; i < 10; i++) {
            rig.repeat(B, nonce);
            rig.repeat(A, nonce);
        }
        rig.open();
        share(A, B, 1);

        assertThat(rig.found).isEmpty();
    }

    @Test
    void equalNoncesWithAnotherClaim_areEqual() {
        others(A, B);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2; i++) {
                NonceSubmission nonce = rig.nonce(1_000);
                rig.submit(A, nonce);
                rig.submit(B, withClaim(nonce, 2_000));
            }
            rig.open();
        }

        assertReported(A, B);
    }

    private static NonceSubmission withClaim(NonceSubmission nonce, long rawQuality) {
        return nonce.toBuilder().rawQuality(rawQuality).build();
    }

    private void overlapOf(String a, String b) {
        rig.seen(a);
        rig.seen(b);
        rig.pass(Duration.ofSeconds(1));
        for (int round = 0; round < 5; round++) {
            others(a, b);
            share(a, b, 3);
            rig.open();
        }
    }

    @Test
    void pair_isReportedOnce_andCountedOn() {
        overlapOf(A, B);
        overlapOf(B, A);

        assertReported(A, B);
        assertThat(rig.detection.findings().overlaps())
                .extracting(PlotOverlap::nonces)
                .containsExactly(30L);
    }

    @Test
    void threeMachines_areReportedPairByPair() {
        overlapOf(A, B);
        overlapOf(A, "10.0.0.3");

        assertThat(rig.found).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1/rig",
        "10.0.0.1/rig-1, 10.0.0.1/rig-2",
        "10.0.0.1, fd00::1",
        "10.0.0.1/rig, fd00::1/rig",
        "10.0.0.8/rig, 10.0.0.9/rig",
        "10.0.0.1, 10.0.0.9/10.0.0.1",
        "10.0.0.1/rig, 10.0.0.9/10.0.0.1/rig",
        "10.0.0.8/10.0.0.1/rig, 10.0.0.9/rig"
    })
    void idsOfOneMachine_areNotReported(String one, String other) {
        overlapOf(one, other);
        overlapOf(other, one);

        assertThat(rig.found).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2",
        "10.0.0.1/rig-1, 10.0.0.2/rig-2",
        "10.0.0.1/rig-1, fd00::1/rig-2",
        "fd00::1, fd00::2",
        "10.0.0.1, 10.0.0.9/rig-2"
    })
    void idsOfTwoMachines_areReported(String one, String other) {
        overlapOf(one, other);

        assertThat(rig.found).hasSize(1);
    }

    @Test
    void machineThatAppearedWhenTheOtherHadLeft_isNotReported() {
        String moved = "10.0.0.3";
        for (int round = 0; round < 3; round++) {
            List<NonceSubmission> ofA = List.of(rig.nonce(1_000), rig.nonce(1_001), rig.nonce(1_002));
            ofA.forEach(nonce -> rig.submit(A, nonce));
            others(A);
            rig.pass(Duration.ofSeconds(1));
            if (round == 2) {
                ofA.forEach(nonce -> rig.repeat(moved, nonce));
                others(moved);
            }
            if (round < 2) {
                rig.open();
            }
        }
        NonceSubmission last = rig.nonce(1_003);
        rig.open();
        rig.repeat(moved, last);

        assertThat(rig.found).isEmpty();
    }

    @Test
    void evidenceOfYesterday_doesNotCount() {
        others(A, B);
        share(A, B, 2);
        rig.pass(Duration.ofHours(25));
        rig.open();
        others(A, B);
        share(A, B, 2);

        assertThat(rig.found).isEmpty();
    }

    @Test
    void overlap_isKnownAfterARestart_andNotReportedAgain() {
        overlapOf(A, B);
        PlotOverlap before = rig.detection.findings().overlaps().getFirst();
        rig.restart(false);
        assertThat(rig.detection.findings().overlaps()).containsExactly(before);
        rig.open();
        overlapOf(A, B);

        assertThat(rig.found).hasSize(1);
        assertThat(rig.detection.findings().overlaps().getFirst().nonces()).isEqualTo(30);
    }

    @Test
    void overlapThatEndedAWeekAgo_isForgotten_andReportedIfItComesBack() {
        overlapOf(A, B);
        rig.pass(Duration.ofDays(8));
        assertThat(rig.detection.findings().overlaps()).isEmpty();
        rig.open();
        overlapOf(A, B);

        assertThat(rig.found).hasSize(2);
    }

    @Test
    void pairs_areBounded() {
        OverlapDetector detector = new OverlapDetector(1, change -> {});
        Instant at = Instant.EPOCH;
        int machines = 150; // 11,175 pairs
        for (int a = 0; a < machines; a++) {
            for (int b = a + 1; b < machines; b++) {
                NonceSubmission nonce = Nonces.nonce(Nonces.round(1), 1, a * 1_000L + b, 1_000);
                detector.sent(nonce, machine(a), at);
                detector.sent(nonce, machine(b), at);
            }
        }

        assertThat(detector.watchedPairs()).isEqualTo(OverlapDetector.PAIRS);
    }

    private static MachineWatch machine(int number) {
        return new MachineWatch(new MinerId("10.0.0." + number), 0, 1);
    }

    @Test
    void firstSenders_areBounded_andTheLastOnesKnown() {
        FirstSenders senders = new FirstSenders(1, 100);
        MachineWatch machine = machine(1);
        MachineWatch other = machine(2);
        for (int i = 0; i < 1_000; i++) {
            senders.put(i, machine);
        }

        assertThat(senders.put(999, other)).isSameAs(machine);
        assertThat(senders.put(900, other)).isSameAs(machine);
        assertThat(senders.put(700, other)).isNull();
    }

    @Test
    void printOfANonce_dependsOnEachOfItsParts() {
        FirstSenders senders = new FirstSenders(1);
        NonceSubmission nonce = Nonces.nonce(Nonces.round(1), 1, 7, 1_000);

        assertThat(senders.print(nonce)).isEqualTo(senders.print(withClaim(nonce, 5)));
        assertThat(List.of(
                Nonces.nonce(Nonces.round(2), 1, 7, 1_000),
                Nonces.nonce(Nonces.round(1), 2, 7, 1_000),
                Nonces.nonce(Nonces.round(1), 1, 8, 1_000)))
                .extracting(senders::print)
                .doesNotContain(senders.print(nonce));
        assertThat(new FirstSenders(2).print(nonce)).isNotEqualTo(senders.print(nonce));
    }
}
