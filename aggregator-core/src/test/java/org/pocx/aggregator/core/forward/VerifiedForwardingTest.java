package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** Nonces of machines without a confirmed nonce are verified before they are sent. */
class VerifiedForwardingTest {
    private static final MiningInfo ROUND = round(100);

    /** Claims whose poc_time is 20 s and more. */
    private static final long CLAIM = 1_000_000_000_000L;

    private final FakeVerifier verifier = new FakeVerifier();
    private final ForwardRig rig = rig(verifier);

    private static ForwardRig rig(FakeVerifier verifier) {
        return new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        32,
                        RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                        ForwardRig.BLOCK_TIME.multipliedBy(2)),
                verifier);
    }

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    private Candidate submit(int number, long claim, String machine) {
        return rig.submit(nonce(ROUND, 1, number, claim), machine);
    }

    @Test
    void unknownMachine_hasItsReceiptAtOnce_andIsSentWhenVerified() {
        Candidate candidate = submit(1, CLAIM, "new");
        assertThat(candidate.receipt()).isDone();
        assertThat(candidate.fate()).isEqualTo(Fate.PENDING);
        assertThat(rig.sent()).isEmpty();

        verifier.proves(CLAIM);
        rig.run();

        assertThat(rig.sent()).containsExactly(CLAIM);
    }

    @Test
    void nonceThatWaits_isInTheOutbox() {
        submit(1, CLAIM, "new");

        assertThat(outbox()).containsExactly(CLAIM);
    }

    private List<Long> outbox() {
        return rig.store.load(rig.clock.instant()).outbox().stream().map(nonce -> nonce.submission().rawQuality())
                .toList();
    }

    @Test
    void verifiedMachine_isTrustedForADay() {
        submit(1, CLAIM, "new");
        rig.upstream.judge(submission -> new SubmitOutcome.Rejected(UpstreamMessage.of("bad outputs"), false));
        verifier.proves(CLAIM);

        submit(2, CLAIM - 1, "new");
        assertThat(verifier.asked()).containsExactly(CLAIM);

        rig.pass(Duration.ofDays(1));
        submit(3, CLAIM - 2, "new");
        assertThat(verifier.asked()).containsExactly(CLAIM, CLAIM - 2);
    }

    @Test
    void confirmedMachine_isNotVerified() {
        submit(1, CLAIM, "m");
        verifier.proves(CLAIM);
        rig.run();
        submit(2, CLAIM - 1, "m");

        assertThat(verifier.asked()).containsExactly(CLAIM);
        assertThat(rig.sent()).containsExactly(CLAIM, CLAIM - 1);
    }

    @Test
    void falseClaim_isRejectedAndNotSent_andItsMachineIsSuspectAtOnce() {
        Candidate candidate = submit(1, CLAIM, "liar");

        verifier.computes(CLAIM, CLAIM + 1);
        rig.run();

        assertThat(rig.sent()).isEmpty();
        assertThat(candidate.fate()).isEqualTo(Fate.REJECTED);
        String message = "verified before it was sent: claimed " + CLAIM + ", computed " + (CLAIM + 1);
        assertThat(rig.heard).containsExactly("suspected liar: " + message, "rejected " + CLAIM + ": " + message);
        assertThat(outbox()).isEmpty();
        assertThat(rig.store.load(rig.clock.instant()).verdicts())
                .extracting(Verdict::outcome, Verdict::isBad)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Verdict.Outcome.REJECTED, true));
    }

    @Test
    void machineWithFalseClaim_ranksBehindTheOthers() {
        submit(1, CLAIM, "liar");
        verifier.computes(CLAIM, -1L);

        rig.offer(nonce(ROUND, 1, 2, 50_000_000_000L), "liar");
        rig.offer(nonce(ROUND, 1, 3, CLAIM), "honest");
        verifier.proves(CLAIM);
        verifier.proves(50_000_000_000L);
        rig.run();

        assertThat(rig.sent()).containsExactly(CLAIM, 50_000_000_000L);
    }

    @Test
    void suspicionIsReportedOnce() {
        submit(1, CLAIM, "liar");
        verifier.computes(CLAIM, -1L);
        submit(2, CLAIM - 1, "liar");
        verifier.computes(CLAIM - 1, -1L);

        assertThat(rig.heard).filteredOn(line -> line.startsWith("suspected")).hasSize(1);
    }

    @Test
    void nonceThatIsBetterThanClaimed_isSent() {
        submit(1, CLAIM, "m");

        verifier.computes(CLAIM, CLAIM - 1);
        rig.run();

        assertThat(rig.sent()).containsExactly(CLAIM);
    }

    @Test
    void nonceThatIsVerified_holdsUpNoOther() {
        submit(1, CLAIM, "new");

        submit(2, CLAIM + 1, "old");
        verifier.proves(CLAIM + 1);
        rig.run();

        assertThat(rig.sent()).containsExactly(CLAIM + 1);
    }

    @Test
    void equalOneInFlightMeanwhile_isNotSent() {
        submit(1, CLAIM, "new");
        rig.upstream.judge(submission -> {
            verifier.proves(CLAIM);
            return new SubmitOutcome.Accepted(CLAIM);
        });

        submit(2, CLAIM, "new");

        assertThat(rig.sent()).containsExactly(CLAIM);
    }

    @Test
    void betterOneConfirmedMeanwhile_isNotSent() {
        Candidate waiting = submit(1, CLAIM, "new");
        submit(2, CLAIM - 1, "old");
        verifier.proves(CLAIM - 1);
        rig.run();
        assertThat(waiting.fate()).isEqualTo(Fate.SUPERSEDED);

        verifier.proves(CLAIM);
        rig.run();

        assertThat(rig.sent()).containsExactly(CLAIM - 1);
        assertThat(rig.fates.received()).isEqualTo(2);
    }

    @Test
    void noResultInHalfASecond_isSentUnverified_andTheComputationIsCancelled() {
        submit(1, CLAIM, "new");
        rig.pass(Duration.ofMillis(450));
        assertThat(rig.sent()).isEmpty();

        rig.pass(Duration.ofMillis(50));

        assertThat(rig.sent()).containsExactly(CLAIM);
        assertThat(verifier.result(CLAIM)).isCancelled();
    }

    @Test
    void shortPocTime_waitsForAQuarterOfIt() {
        long oneSecond = 3_000_000L;
        submit(1, oneSecond, "new");
        rig.pass(Duration.ofMillis(200));
        assertThat(rig.sent()).isEmpty();

        rig.pass(Duration.ofMillis(50));

        assertThat(rig.sent()).containsExactly(oneSecond);
    }

    @Test
    void pocTimeOfZero_isSentAtOnce() {
        submit(1, 0, "new");

        assertThat(rig.sent()).containsExactly(0L);
        assertThat(verifier.asked()).isEmpty();
    }

    @Test
    void compressionAboveTheTarget_isSentAtOnce() {
        rig.submit(compressed(ROUND, 2), "new");

        assertThat(rig.sent()).containsExactly(CLAIM);
        assertThat(verifier.asked()).isEmpty();
    }

    @Test
    void compressionUpToTheTarget_isVerified_butNeverAbove6() {
        MiningInfo round = new MiningInfo(
                hash(5), ROUND.baseTarget(), 101, hash(6), MiningInfo.NO_TARGET_QUALITY, 1, 9, Map.of());
        rig.announce(round);

        rig.submit(compressed(round, 7), "new");
        assertThat(verifier.asked()).isEmpty();

        NonceSubmission six = compressed(round, 6);
        rig.submit(
                NonceSubmission.builder().round(round).accountId(account(2)).seed(six.seed()).nonce(6).compression(6)
                        .rawQuality(CLAIM).build(),
                "another");
        assertThat(verifier.asked()).containsExactly(CLAIM);
    }

    private static NonceSubmission compressed(MiningInfo round, int compression) {
        return NonceSubmission.builder()
                .round(round)
                .accountId(account(1))
                .seed(hash(1))
                .nonce(1)
                .compression(compression)
                .rawQuality(CLAIM)
                .build();
    }

    @Test
    void secondNonceOfAnAddress_isSentUnverifiedWhileTheFirstIsVerified() {
        submit(1, CLAIM, "new");

        submit(2, CLAIM - 1, "new");

        assertThat(verifier.asked()).containsExactly(CLAIM);
        assertThat(rig.sent()).containsExactly(CLAIM - 1);
    }

    @Test
    void moreThan64Machines_areSentUnverified() {
        for (int i = 0; i < VerificationGate.MAX_RUNNING; i++) {
            rig.submit(nonce(ROUND, i, i, CLAIM + i), "machine " + i);
        }
        assertThat(rig.sent()).isEmpty();

        rig.submit(nonce(ROUND, 99, 99, 5), "one more");
        rig.submit(nonce(ROUND, 98, 98, CLAIM - 1), "one more");
        assertThat(rig.sent()).containsExactly(5L, CLAIM - 1);

        verifier.proves(CLAIM);
        rig.run();
        rig.submit(nonce(ROUND, 97, 97, CLAIM - 2), "another");
        assertThat(verifier.asked()).hasSize(VerificationGate.MAX_RUNNING + 1);
    }

    @Test
    void verifierThatFails_costsNoNonce() {
        ForwardRig failing = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO),
                submission -> {
                    throw new IllegalStateException("broken");
                });
        failing.announce(ROUND);
        failing.submit(nonce(ROUND, 1, 1, CLAIM), "new");
        ForwardRig unable = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO),
                submission -> CompletableFuture.failedFuture(new IllegalStateException("unable")));
        unable.announce(ROUND);
        unable.submit(nonce(ROUND, 1, 1, CLAIM), "new");

        assertThat(failing.sent()).containsExactly(CLAIM);
        assertThat(unable.sent()).containsExactly(CLAIM);
    }

    @Test
    void sameNonceAgain_whileItIsVerified_isTheSame() {
        Candidate candidate = submit(1, CLAIM, "new");

        assertThat(submit(1, CLAIM, "new")).isSameAs(candidate);
        assertThat(rig.fates.received()).isEqualTo(1);
    }

    @Test
    void roundOver_theNonceThatWaitsExpires() {
        Candidate candidate = submit(1, CLAIM, "new");
        for (int number = 101; number <= 103; number++) {
            rig.announce(round(number));
        }
        assertThat(candidate.fate()).isEqualTo(Fate.EXPIRED);

        verifier.computes(CLAIM, -1L);
        rig.run();

        assertThat(candidate.fate()).isEqualTo(Fate.EXPIRED);
        assertThat(rig.sent()).isEmpty();
    }

    @Test
    void restart_theNonceThatWaitedIsVerifiedAgainAndSent() {
        submit(1, CLAIM, "new");
        StoredFarm left = rig.store.load(rig.clock.instant());
        FakeVerifier after = new FakeVerifier();
        ForwardRig restarted = rig(after);
        restarted.forwarder.announced(restarted.rounds.announce(ROUND));
        restarted.forwarder.restore(left);
        restarted.announce(ROUND);
        assertThat(after.asked()).containsExactly(CLAIM);
        assertThat(restarted.sent()).isEmpty();

        after.proves(CLAIM);
        restarted.run();

        assertThat(restarted.sent()).containsExactly(CLAIM);
    }

    @Test
    void runnersUpOfUnknownMachines_areVerifiedTwoAtATime_whileATrustedOneIsSent() {
        submit(1, CLAIM, "trusted");
        verifier.proves(CLAIM);
        rig.run();
        List<Long> claims = new ArrayList<>();
        rig.upstream.judge(submission -> new SubmitOutcome.Rejected(UpstreamMessage.of("bad"), true));
        rig.offer(nonce(ROUND, 1, 2, 50_000_000_000L), "trusted");
        for (int i = 1; i <= 4; i++) {
            claims.add(100_000_000_000L + i);
            rig.offer(nonce(ROUND, 1, 10 + i, 100_000_000_000L + i), "new" + i);
        }
        rig.offer(nonce(ROUND, 1, 20, 200_000_000_000L), "trusted");
        assertThat(verifier.asked()).containsExactly(CLAIM);

        rig.run();

        assertThat(verifier.asked()).containsExactly(CLAIM, claims.get(0), claims.get(1));
        assertThat(rig.sent()).containsExactly(CLAIM, 50_000_000_000L, 200_000_000_000L);
    }
}
