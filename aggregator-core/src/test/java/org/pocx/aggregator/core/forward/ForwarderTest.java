package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** Forwarding to a pool: one lane an account, with back-off. */
class ForwarderTest {
    private static final MiningInfo ROUND = round(100);
    private static final UpstreamTrouble REFUSED = UpstreamTrouble.unreachable("connection refused");
    private static final SubmitOutcome TIMED_OUT = UpstreamTrouble.timedOut("timed out");
    private static final SubmitOutcome BAD = new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true);
    private static final SubmitOutcome STALE = new SubmitOutcome.Stale(new UpstreamMessage("stale", "-32003"));

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.bestPerAccount(),
            new ForwardSettings(
                    32,
                    RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    ForwardRig.BLOCK_TIME.multipliedBy(2)));

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    @Test
    void improvements_areSent_andOthersNot() {
        submit(1, 300);
        submit(1, 400);
        submit(1, 200);
        submit(2, 900);

        assertThat(rig.sent()).containsExactly(300L, 200L, 900L);
    }

    @Test
    void beforeTheUpstreamAnswered_nothingIsSent() {
        ForwardRig fresh =
                new ForwardRig(SubmissionFilter.bestPerAccount(),
                        new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO));
        fresh.forwarder.announced(fresh.rounds.announce(ROUND));
        fresh.submit(nonce(ROUND, 1, 1, 300), "a");
        assertThat(fresh.sent()).isEmpty();

        fresh.announce(ROUND);

        assertThat(fresh.sent()).containsExactly(300L);
    }

    @Test
    void sameNonceAgain_isAnsweredAndNotSent_evenAfterItsRejection() {
        rig.upstream.judge(submission -> BAD);
        NonceSubmission bad = nonce(ROUND, 1, 7, 300);
        rig.submit(bad, "a");

        Candidate again = rig.submit(bad, "a");

        assertThat(again.receipt()).isDone();
        assertThat(rig.sent()).containsExactly(300L);
        assertThat(rig.fates.received()).isEqualTo(1);
    }

    @Test
    void falseClaimForAProof_doesNotStandInTheWayOfTheTrueOne() {
        rig.upstream.judge(submission -> submission.rawQuality() == 1 ? BAD : accepted(submission));
        rig.submit(nonce(ROUND, 1, 7, 1), "liar");

        rig.submit(nonce(ROUND, 1, 7, 300), "honest");
        rig.submit(nonce(ROUND, 1, 7, 1), "liar");

        assertThat(rig.sent()).containsExactly(1L, 300L);
        assertThat(rig.heard).contains("confirmed 300 at 300");
        assertThat(rig.fates.received()).isEqualTo(2);
    }

    @Test
    void rejected_theRunnerUpGoesOutAtOnce() {
        rig.upstream.judge(submission -> submission.rawQuality() < 100 ? BAD : accepted(submission));
        rig.offer(nonce(ROUND, 1, 1, 50), "liar");
        rig.offer(nonce(ROUND, 1, 2, 150), "honest");
        rig.run();

        assertThat(rig.sent()).containsExactly(50L, 150L);
        assertThat(rig.heard).containsExactly("rejected 50: PoCX validation failed", "confirmed 150 at 150");
    }

    @Test
    void thirdRejection_marksTheMachine() {
        rig.upstream.judge(submission -> BAD);
        submit(1, 3);
        submit(1, 2);
        assertThat(rig.heard).noneMatch(line -> line.startsWith("suspected"));

        submit(1, 1);

        assertThat(rig.heard).contains("suspected m: PoCX validation failed");
    }

    @Test
    void unreachable_isRetriedWithBackOff() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        assertThat(rig.sent()).hasSize(1);

        rig.pass(Duration.ofMillis(890));
        assertThat(rig.sent()).hasSize(1);
        rig.pass(Duration.ofMillis(220));
        assertThat(rig.sent()).hasSize(2);
        rig.pass(Duration.ofMillis(2_210));
        assertThat(rig.sent()).hasSize(3);
        rig.pass(Duration.ofSeconds(60));
        assertThat(rig.sent()).as("4, 8, 16 and 16 s later").hasSizeBetween(6, 8);
    }

    @Test
    void endOfAnOutage_wakesTheLanes() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        rig.pass(Duration.ofSeconds(30));
        rig.forwarder.upstreamFailed(REFUSED);
        rig.upstream.judge(ForwarderTest::accepted);
        int before = rig.sent().size();

        rig.announce(ROUND);

        assertThat(rig.sent()).hasSize(before + 1);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void endOfAnOutage_givesUpWhatBeganBefore_andSendsItAgainAtOnce() {
        rig.offer(nonce(ROUND, 1, 1, 300), "m");
        rig.scheduler.advance(Duration.ofSeconds(10)); // the attempt has begun, and hangs
        rig.forwarder.upstreamFailed(REFUSED);
        rig.scheduler.advance(Duration.ofSeconds(10));
        rig.poll(ROUND);
        rig.upstream.judge(submission -> Thread.currentThread().isInterrupted() ? TIMED_OUT : accepted(submission));

        rig.run();

        assertThat(rig.heard).containsExactly(
                "delayed given up at the end of an outage, and sent again at once", "confirmed 300 at 300");
    }

    @Test
    void slowUpstream_isGivenTheTimeItTakes() {
        rig.offer(nonce(ROUND, 1, 1, 300), "m");
        rig.forwarder.upstreamFailed(REFUSED);
        long asked = rig.scheduler.nanoTime() + 1;
        rig.scheduler.advance(Duration.ofSeconds(5));
        rig.forwarder.upstreamAnswered(asked);
        rig.upstream.judge(submission -> Thread.currentThread().isInterrupted() ? TIMED_OUT : accepted(submission));

        rig.run();

        assertThat(rig.heard).containsExactly("confirmed 300 at 300");
    }

    @Test
    void betterNonce_replacesTheOneThatWaits() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        rig.upstream.judge(ForwarderTest::accepted);
        submit(1, 200);

        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.sent()).containsExactly(300L, 200L);
    }

    @Test
    void busyLane_delaysNoOther() {
        rig.upstream.judge(submission -> submission.rawQuality() == 300
                ? UpstreamTrouble.busy("rate limited")
                : accepted(submission));
        submit(1, 300);
        submit(2, 400);

        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void busyUpstream_pausesAll_forAsLongAsItAsks() {
        rig.upstream.judge(submission -> UpstreamTrouble.upstreamBusy("HTTP 503").withRetryAfter(Duration.ofSeconds(7)));
        submit(1, 300);
        submit(2, 400);
        rig.pass(Duration.ofMillis(6_900));
        assertThat(rig.sent()).containsExactly(300L);
        rig.upstream.judge(ForwarderTest::accepted);

        rig.pass(Duration.ofMillis(200));

        assertThat(rig.sent()).containsExactlyInAnyOrder(300L, 400L, 300L);
    }

    @Test
    void retryAfterOfZero_doesNotSwitchTheBackOffOff() {
        rig.upstream.judge(submission -> UpstreamTrouble.upstreamBusy("HTTP 429").withRetryAfter(Duration.ZERO));
        submit(1, 300);

        rig.pass(Duration.ofSeconds(10));

        assertThat(rig.sent()).as("at 0, 1, 3 and 7 s").hasSize(4);
    }

    @Test
    void oneAccountThatIsAlwaysBusy_pausesTheOthersForASecondAtMost() {
        rig.upstream.judge(submission -> submission.rawQuality() == 300
                ? UpstreamTrouble.upstreamBusy("HTTP 503")
                : accepted(submission));
        submit(1, 300);
        rig.pass(Duration.ofSeconds(20));
        submit(2, 400);

        rig.pass(Duration.ofSeconds(1));

        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void betterNonce_doesNotWaitForTheTroubleOfAnother() {
        rig.upstream.judge(submission -> submission.rawQuality() == 300
                ? UpstreamTrouble.unknownError(new UpstreamMessage("what", "-12345"))
                : accepted(submission));
        submit(1, 300);

        submit(1, 200);

        assertThat(rig.sent()).containsExactly(300L, 200L);
    }

    @Test
    void retryAfter_isHonouredForHalfAMinuteAtMost() {
        rig.upstream.judge(submission -> UpstreamTrouble.upstreamBusy("HTTP 429").withRetryAfter(Duration.ofDays(1)));
        submit(1, 300);

        rig.pass(Duration.ofSeconds(31));

        assertThat(rig.sent()).hasSize(2);
    }

    @Test
    void unknownCode_isTriedFiveTimes_andFromTheThirdOnTheRunnerUpGoesFirst() {
        rig.upstream.judge(submission -> submission.rawQuality() == 300
                ? UpstreamTrouble.unknownError(new UpstreamMessage("what", "-12345"))
                : accepted(submission));
        rig.offer(nonce(ROUND, 1, 1, 300), "a");
        rig.offer(nonce(ROUND, 1, 2, 400), "b");
        rig.run();
        rig.pass(Duration.ofMinutes(2));

        assertThat(rig.sent()).containsExactly(300L, 300L, 300L, 400L, 300L, 300L);
    }

    @Test
    void unauthorized_isHeldTenSeconds_orUntilTheCredentialsChange() {
        rig.upstream.judge(submission -> UpstreamTrouble.unauthorized("HTTP 401"));
        submit(1, 300);
        rig.pass(Duration.ofSeconds(9));
        rig.announce(ROUND);
        assertThat(rig.sent()).hasSize(1);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.sent()).hasSize(2);

        rig.upstream.credentialsStamp("new");
        rig.announce(ROUND);

        assertThat(rig.sent()).hasSize(3);
    }

    @Test
    void staleInTheCurrentRound_isTriedAgainAfterAFreshPoll() {
        rig.upstream.judge(submission -> STALE);
        submit(1, 300);
        assertThat(rig.refreshes).isEqualTo(1);
        rig.upstream.judge(ForwarderTest::accepted);
        rig.scheduler.advance(Duration.ofMillis(1));

        rig.announce(ROUND);

        assertThat(rig.sent()).containsExactly(300L, 300L);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void staleWithItsRound_isParked_andRevivesWithIt() {
        rig.upstream.judge(submission -> STALE);
        submit(1, 300);
        rig.announce(round(101));
        assertThat(rig.fates.count(Fate.STALE)).isEqualTo(1);
        rig.pass(Duration.ofMinutes(20));
        assertThat(rig.sent()).hasSize(1);
        rig.upstream.judge(ForwarderTest::accepted);

        rig.announce(ROUND);

        assertThat(rig.sent()).containsExactly(300L, 300L);
    }

    @Test
    void staleForItsOldForm_letsTheNewFormGoFirst_andComesBackWithItsForm() {
        MiningInfo harder = new MiningInfo(
                ROUND.generationSignature(), ROUND.baseTarget() / 2, ROUND.height(), ROUND.blockHash());
        rig.upstream.judge(submission -> submission.baseTarget() == harder.baseTarget() ? accepted(submission) : STALE);
        submit(1, 100);
        rig.announce(harder);
        rig.submit(nonce(harder, 1, 5, 200), "m");
        rig.announce(harder);

        assertThat(rig.sent()).contains(200L);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void olderRound_isTriedForTwoBlockTimes_andRestsUntilItRevives() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        rig.announce(round(101));
        rig.pass(Duration.ofSeconds(239));
        int tries = rig.sent().size();
        assertThat(tries).isGreaterThan(10);

        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.sent().size()).isLessThanOrEqualTo(tries + 2);
        rig.upstream.judge(ForwarderTest::accepted);
        rig.announce(ROUND);

        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void roundOfTenBlockTimes_isTriedToItsEnd() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        rig.pass(ForwardRig.BLOCK_TIME.multipliedBy(10));
        rig.upstream.judge(ForwarderTest::accepted);

        rig.pass(Duration.ofSeconds(25));

        assertThat(rig.heard.getLast()).isEqualTo("confirmed 300 at 300");
    }

    @Test
    void otherBlockAtTheSameHeight_isARoundOfItsOwn() {
        submit(1, 300);
        MiningInfo other = new MiningInfo(ROUND.generationSignature(), ROUND.baseTarget(), ROUND.height(), hash(7));
        rig.announce(other);

        rig.submit(nonce(other, 1, 5, 400), "m");

        assertThat(rig.sent()).containsExactly(300L, 400L);
    }

    @Test
    void roundThatLeavesTheLastThree_expiresWhatIsPending() {
        rig.upstream.judge(submission -> REFUSED);
        submit(1, 300);
        rig.announce(round(101));
        rig.announce(round(102));
        rig.announce(round(103));

        assertThat(rig.fates.count(Fate.EXPIRED)).isEqualTo(1);
        assertThat(rig.fates.count(Fate.PENDING)).isZero();
    }

    @Test
    void currentRound_goesBeforeOlderOnes() {
        rig.announce(round(101));
        for (int i = 0; i < 40; i++) {
            rig.offer(nonce(ROUND, i, 1, 1_000 + i), "m");
        }
        rig.offer(nonce(round(101), 1, 1, 5), "m");
        rig.run();

        assertThat(rig.sent().indexOf(5L)).as("after those that had a slot already").isLessThanOrEqualTo(32);
    }

    @Test
    void atMostMaxInFlight_areStarted() {
        for (int i = 0; i < 100; i++) {
            rig.offer(nonce(ROUND, i, 1, 1_000 + i), "m");
        }

        assertThat(rig.started()).isLessThanOrEqualTo(32);
        rig.run();
        assertThat(rig.sent()).hasSize(100);
    }

    @Test
    void accountsThatTimedOut_shareHalfOfTheSlots() {
        rig.upstream.judge(submission -> UpstreamTrouble.timedOut("timed out"));
        for (int i = 0; i < 100; i++) {
            rig.offer(nonce(ROUND, i, 1, 1_000 + i), "m");
        }
        rig.run();

        rig.scheduler.advance(Duration.ofSeconds(2));

        assertThat(rig.started()).isEqualTo(16);
    }

    @Test
    void maxAttempts_givesUpAndPromotesTheNext() {
        ForwardRig impatient = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        4, RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 2),
                        Duration.ZERO));
        impatient.announce(ROUND);
        impatient.upstream.judge(submission -> submission.rawQuality() == 1 ? REFUSED : accepted(submission));
        impatient.offer(nonce(ROUND, 1, 1, 1), "a");
        impatient.offer(nonce(ROUND, 1, 2, 2), "b");
        impatient.run();
        impatient.pass(Duration.ofSeconds(2));

        assertThat(impatient.sent()).containsExactly(1L, 1L, 2L);
    }

    @Test
    void confirmedWorseThanClaimed_sendsTheBetterRunnerUp() {
        rig.upstream.judge(
                submission -> submission.rawQuality() == 1 ? new SubmitOutcome.Accepted(500) : accepted(submission));
        rig.offer(nonce(ROUND, 1, 1, 1), "liar");
        rig.offer(nonce(ROUND, 1, 2, 400), "honest");
        rig.run();

        assertThat(rig.heard).containsExactly("confirmed 1 at 500", "confirmed 400 at 400");
    }

    @Test
    void upstreamThatThrows_isTrouble() {
        rig.upstream.judge(submission -> {
            throw new IllegalStateException("a bug");
        });
        submit(1, 300);
        rig.upstream.judge(ForwarderTest::accepted);
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.sent()).containsExactly(300L, 300L);
    }

    @Test
    void pendingNonces_areInTheOutbox_untilTheirVerdict() {
        rig.upstream.judge(submission -> REFUSED);
        Candidate candidate = submit(1, 300);
        submit(1, 400);
        assertThat(candidate.receipt()).isDone();
        assertThat(candidate.fate()).isEqualTo(Fate.PENDING);
        assertThat(rig.store.write(new StoreChange.RoundAnnounced(ROUND, rig.clock.instant())))
                .isCompleted();
        assertThat(rig.store.load(rig.clock.instant()).outbox()).hasSize(2);

        rig.upstream.judge(ForwarderTest::accepted);
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.store.load(rig.clock.instant()).outbox()).isEmpty();
        assertThat(rig.store.load(rig.clock.instant()).verdicts()).hasSize(1);
    }

    private Candidate submit(int account, long rawQuality) {
        return rig.submit(nonce(ROUND, account, rawQuality, rawQuality), "m");
    }

    private static SubmitOutcome accepted(NonceSubmission submission) {
        return new SubmitOutcome.Accepted(submission.rawQuality());
    }

    @Test
    void retryPolicyThatFails_hasTheNonceSentAtTheNextPoll() {
        RetryPolicy endless = (attempts, random) -> RetryPolicy.Retry.in(Duration.ofDays(400 * 365));
        for (RetryPolicy faulty : List.<RetryPolicy>of(endless, (attempts, random) -> null, (attempts, random) -> {
            throw new IllegalStateException("a fault of an embedder's policy");
        })) {
            ForwardRig faultyRig =
                    new ForwardRig(SubmissionFilter.bestPerAccount(), new ForwardSettings(4, faulty, Duration.ZERO));
            faultyRig.announce(ROUND);
            faultyRig.upstream.judge(submission -> UpstreamTrouble.unreachable("refused"));
            faultyRig.submit(nonce(ROUND, 1, 1, 300), "a");
            assertThat(faultyRig.sent()).containsExactly(300L);
            faultyRig.upstream.judge(submission -> new SubmitOutcome.Accepted(1));

            faultyRig.announce(ROUND);

            assertThat(faultyRig.sent()).containsExactly(300L, 300L);
        }
    }
}
