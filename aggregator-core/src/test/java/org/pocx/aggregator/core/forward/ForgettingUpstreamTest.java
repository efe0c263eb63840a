package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.StoredFarm.StoredRound;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** A node keeps accepted nonces in memory only: what it may have forgotten is sent again, and nothing else is. */
class ForgettingUpstreamTest {
    private static final MiningInfo ROUND = round(100);
    private static final UpstreamTrouble DOWN = UpstreamTrouble.connectionRefused("refused");
    private static final SubmitOutcome BAD = new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true);

    private final ForwardRig rig = rig(true);

    private static ForwardRig rig(boolean afterPocTime) {
        return new ForwardRig(
                SubmissionFilter.globalBest(),
                new ForwardSettings(
                        4,
                        RetryPolicy.atNextPoll(),
                        Duration.ZERO,
                        new ResendSettings(true, afterPocTime, ForwardRig.BLOCK_TIME)));
    }

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    private void submit(int account, long rawQuality, String machine) {
        rig.submit(nonce(ROUND, account, rawQuality, rawQuality), machine);
    }

    /** A nonce whose poc_time is far beyond what these tests take. */
    private static final long SLOW = 1L << 50;

    private void restartNode() {
        rig.forwarder.upstreamFailed(DOWN);
        rig.announce(ROUND);
    }

    private void pollFor(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusSeconds(1)) {
            rig.pass(Duration.ofSeconds(1));
            rig.announce(ROUND);
        }
    }

    @Test
    void nothingHappened_nothingIsSentTwice() {
        submit(1, SLOW, "a");
        pollFor(Duration.ofMinutes(5));

        assertThat(rig.sent()).containsExactly(SLOW);
    }

    @Test
    void firstGoodPollAfterAFailedOne_sendsTheConfirmedBestAgain_once() {
        submit(1, SLOW, "a");
        submit(1, SLOW - 1, "b");

        restartNode();
        pollFor(Duration.ofMinutes(1));

        assertThat(rig.sent()).containsExactly(SLOW, SLOW - 1, SLOW - 1);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(2);
        assertThat(rig.fates.received()).isEqualTo(2);
    }

    @Test
    void refusedConnectionOfANonce_raisesTheIncarnation_andTroubleOfOtherKindsDoesNot() {
        submit(1, SLOW, "a");
        for (UpstreamTrouble trouble : List.of(
                UpstreamTrouble.timedOut("timed out"),
                UpstreamTrouble.busy("busy"),
                UpstreamTrouble.walletLocked("locked"))) {
            rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW ? accepted(nonce) : trouble);
            submit(1, SLOW - 1, "b");
            pollFor(Duration.ofSeconds(12));
        }
        assertThat(rig.sent()).filteredOn(quality -> quality == SLOW).hasSize(1);

        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW ? accepted(nonce) : DOWN);
        pollFor(Duration.ofSeconds(3));

        assertThat(rig.sent()).filteredOn(quality -> quality == SLOW).hasSize(2);
    }

    @Test
    void otherCookie_sendsAgain() {
        submit(1, SLOW, "a");
        rig.upstream.credentialsStamp("another");

        pollFor(Duration.ofSeconds(30));

        assertThat(rig.sent()).containsExactly(SLOW, SLOW);
    }

    @Test
    void manyRestarts_sendAgainEveryTenSecondsAtMost() {
        submit(1, SLOW, "a");
        for (int second = 0; second < 30; second++) {
            rig.pass(Duration.ofSeconds(1));
            restartNode();
        }

        assertThat(rig.sent()).hasSizeBetween(3, 4);
    }

    @Test
    void answerThatIsLost_isAskedForAgain() {
        submit(1, SLOW, "a");
        rig.upstream.judge(nonce -> UpstreamTrouble.timedOut("timed out"));
        restartNode();
        rig.upstream.judge(ForgettingUpstreamTest::accepted);

        pollFor(Duration.ofSeconds(30));

        assertThat(rig.sent()).containsExactly(SLOW, SLOW, SLOW);
    }

    @Test
    void roundThatIsCurrentAgain_hasItsBestSentAgain() {
        submit(1, SLOW, "a");
        rig.announce(round(101));
        rig.pass(Duration.ofSeconds(60));
        assertThat(rig.sent()).hasSize(1);

        rig.announce(ROUND);
        pollFor(Duration.ofSeconds(30));

        assertThat(rig.sent()).containsExactly(SLOW, SLOW);
    }

    @Test
    void roundThatIsOver_isNotSentAgain_whenTheNodeRestarts() {
        submit(1, SLOW, "a");
        rig.announce(round(101));
        rig.forwarder.upstreamFailed(DOWN);
        rig.announce(round(101));

        assertThat(rig.sent()).containsExactly(SLOW);
    }

    @Test
    void pocTimeIsOver_andNoBlockCame_sendsAgain_withGapsThatDouble() {
        long quality = qualityOf(20);
        submit(1, quality, "a");

        pollFor(Duration.ofSeconds(24));
        assertThat(rig.sent()).hasSize(1);
        pollFor(Duration.ofSeconds(2));
        assertThat(rig.sent()).hasSize(2);
        pollFor(Duration.ofSeconds(11));
        assertThat(rig.sent()).hasSize(3);
        pollFor(Duration.ofSeconds(16));
        assertThat(rig.sent()).hasSize(3);
        pollFor(Duration.ofSeconds(5));
        assertThat(rig.sent()).hasSize(4);
        pollFor(Duration.ofMinutes(20));
        assertThat(rig.sent()).hasSizeBetween(13, 15);
    }

    /** A raw quality whose poc_time is that many seconds, more or less a second. */
    private static long qualityOf(long seconds) {
        PocTime time = PocTime.forBlockTime(ForwardRig.BLOCK_TIME.toSeconds());
        long quality = 1;
        while (time.seconds(quality, ROUND.baseTarget()) < seconds) {
            quality += Math.max(1, quality / 100);
        }
        return quality;
    }

    @Test
    void rejectedResend_isTakenBack_andWhatWasRetainedGoesOut() {
        submit(1, SLOW - 5, "a");
        submit(1, SLOW - 3, "b");
        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5 ? BAD : accepted(nonce));

        restartNode();
        pollFor(Duration.ofSeconds(2));

        assertThat(rig.sent()).containsExactly(SLOW - 5, SLOW - 5, SLOW - 3);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
        assertThat(rig.fates.count(Fate.REJECTED)).isEqualTo(1);
        assertThat(rig.store.load(Instant.EPOCH).verdicts())
                .extracting(Verdict::outcome)
                .containsExactlyInAnyOrder(Verdict.Outcome.REJECTED, Verdict.Outcome.CONFIRMED);
    }

    @Test
    void rejectedResend_fallsBackToTheConfirmedOneBefore_whichIsSentAgain() {
        submit(1, SLOW - 3, "b");
        submit(1, SLOW - 5, "a");
        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5 ? BAD : accepted(nonce));

        restartNode();
        pollFor(Duration.ofSeconds(15));

        assertThat(rig.sent()).containsExactly(SLOW - 3, SLOW - 5, SLOW - 5, SLOW - 3);
    }

    @Test
    void refusedAccountOnResend_isHeld_andTheBestOfAnotherAccountGoesOut() {
        submit(1, SLOW - 5, "a");
        submit(2, SLOW - 3, "b");
        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5
                ? UpstreamTrouble.accountRefused(new UpstreamMessage("No private key available", "-5"))
                : accepted(nonce));

        restartNode();
        pollFor(Duration.ofSeconds(3));
        assertThat(rig.sent()).containsExactly(SLOW - 5, SLOW - 5, SLOW - 3);

        rig.upstream.judge(ForgettingUpstreamTest::accepted);
        pollFor(Duration.ofSeconds(15));

        assertThat(rig.sent()).containsExactly(SLOW - 5, SLOW - 5, SLOW - 3, SLOW - 5);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(2);
    }

    @Test
    void confirmedNonceOfAnAccountThatIsRefusedSince_makesPlaceForOthers_whenTheNodeRestarts() {
        submit(1, SLOW - 5, "a");
        submit(2, SLOW - 3, "b");
        rig.upstream.judge(nonce -> nonce.accountId().equals(account(1))
                ? UpstreamTrouble.accountRefused(new UpstreamMessage("No private key available", "-5"))
                : accepted(nonce));
        submit(1, SLOW - 7, "a");

        restartNode();
        pollFor(Duration.ofSeconds(3));

        assertThat(rig.sent()).containsExactly(SLOW - 5, SLOW - 7, SLOW - 3);
    }

    @Test
    void walletThatIsStillLocked_isReportedOnResend() {
        submit(1, SLOW, "a");
        rig.upstream.judge(nonce -> UpstreamTrouble.walletLocked("wallet is locked"));

        restartNode();

        assertThat(rig.heard).endsWith("delayed wallet is locked");
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void upstreamThatIsTooBusyForAResend_isLeftAlone() {
        submit(1, SLOW, "a");
        rig.upstream.judge(nonce -> UpstreamTrouble.upstreamBusy("HTTP 429").withRetryAfter(Duration.ofSeconds(25)));

        restartNode();
        pollFor(Duration.ofSeconds(24));
        assertThat(rig.sent()).hasSize(2);
        pollFor(Duration.ofSeconds(3));

        assertThat(rig.sent()).hasSize(3);
    }

    @Test
    void unknownErrorFiveTimes_takesTheConfirmationBack() {
        submit(1, SLOW - 5, "a");
        submit(1, SLOW - 3, "b");
        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5
                ? UpstreamTrouble.unknownError(new UpstreamMessage("odd", "-99"))
                : accepted(nonce));

        restartNode();
        pollFor(Duration.ofSeconds(60));

        assertThat(rig.sent()).filteredOn(quality -> quality == SLOW - 5).hasSize(6);
        assertThat(rig.sent()).endsWith(SLOW - 3);
        assertThat(rig.fates.suspects()).isEmpty();
    }

    @Test
    void roundThatIsCurrentAgain_hasTheFallbackSentAgain_too() {
        submit(1, SLOW - 3, "b");
        submit(1, SLOW - 5, "a");
        rig.announce(round(101));
        rig.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5 ? BAD : accepted(nonce));

        rig.announce(ROUND);
        pollFor(Duration.ofSeconds(15));

        assertThat(rig.sent()).containsExactly(SLOW - 3, SLOW - 5, SLOW - 5, SLOW - 3);
    }

    @Test
    void pollThatTakesItsTime_isNoRestart() {
        submit(1, SLOW, "a");
        rig.forwarder.upstreamFailed(UpstreamTrouble.NO_ANSWER_YET);

        pollFor(Duration.ofSeconds(15));

        assertThat(rig.sent()).containsExactly(SLOW);
    }

    @Test
    void refusedConnectionOfAResend_raisesNoIncarnation() {
        submit(1, SLOW, "a");
        restartNode();
        assertThat(rig.sent()).hasSize(2);
        rig.pass(Duration.ofSeconds(11));
        rig.upstream.judge(nonce -> DOWN);
        rig.announce(round(101));
        rig.announce(ROUND);
        rig.upstream.judge(ForgettingUpstreamTest::accepted);

        pollFor(Duration.ofSeconds(40));

        assertThat(rig.sent()).as("the refused one, and once more instead of it").hasSize(4);
    }

    @Test
    void newNonce_goesBeforeTheConfirmedOne_whenTheNodeIsBack() {
        ForwardRig narrow = new ForwardRig(
                SubmissionFilter.globalBest(),
                new ForwardSettings(
                        1,
                        RetryPolicy.atNextPoll(),
                        Duration.ZERO,
                        new ResendSettings(true, true, ForwardRig.BLOCK_TIME)));
        narrow.announce(ROUND);
        narrow.submit(nonce(ROUND, 1, 1, SLOW), "a");
        narrow.upstream.judge(nonce -> DOWN);
        narrow.submit(nonce(ROUND, 1, 2, SLOW - 1), "a");
        narrow.forwarder.upstreamFailed(DOWN);
        narrow.upstream.judge(ForgettingUpstreamTest::accepted);

        narrow.announce(ROUND);

        assertThat(narrow.sent()).containsExactly(SLOW, SLOW - 1, SLOW - 1);
    }

    @Test
    void lateConfirmation_isGivenFiveSecondsToBecomeABlock() {
        long quality = qualityOf(1);
        rig.pass(Duration.ofSeconds(30));
        submit(1, quality, "a");

        pollFor(Duration.ofSeconds(4));
        assertThat(rig.sent()).hasSize(1);
        pollFor(Duration.ofSeconds(2));

        assertThat(rig.sent()).hasSize(2);
    }

    @Test
    void staleResend_waitsForItsRound() {
        submit(1, SLOW, "a");
        rig.upstream.judge(nonce -> new SubmitOutcome.Stale(new UpstreamMessage("Block hash mismatch", "-26")));
        restartNode();
        rig.announce(round(101));
        rig.pass(Duration.ofMinutes(1));
        assertThat(rig.sent()).hasSize(2);

        rig.upstream.judge(ForgettingUpstreamTest::accepted);
        rig.announce(ROUND);
        pollFor(Duration.ofSeconds(30));

        assertThat(rig.sent()).hasSize(3);
    }

    @Test
    void ourOwnRestart_sendsWhatWasConfirmed_andKnowsWhatWasRetained() {
        NonceSubmission confirmed = nonce(ROUND, 1, 1, SLOW - 5);
        NonceSubmission retained = nonce(ROUND, 1, 2, SLOW - 3);
        Instant at = rig.clock.instant();
        ForwardRig restarted = rig(true);
        restarted.rounds.announce(ROUND);
        restarted.forwarder.announced(ForwardRig.opened(ROUND));
        restarted.forwarder.restore(new StoredFarm(
                List.of(new StoredRound(List.of(ROUND), Optional.of(at))),
                List.of(new ReceivedNonce(retained, new MinerId("b"), at)),
                List.of(new Verdict(new ReceivedNonce(confirmed, new MinerId("a"), at), Verdict.Outcome.CONFIRMED, SLOW - 5, UpstreamMessage.NONE, false, at)),
                Map.of()));
        restarted.upstream.judge(nonce -> nonce.rawQuality() == SLOW - 5 ? BAD : accepted(nonce));

        restarted.announce(ROUND);
        restarted.announce(ROUND);

        assertThat(restarted.sent()).containsExactly(SLOW - 5, SLOW - 3);
    }

    @Test
    void poolThatMayForget_hasAQuarterOfItsSlotsForResends_afterEverythingNew() {
        ForwardRig pool = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        8,
                        RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                        ForwardRig.BLOCK_TIME.multipliedBy(2),
                        new ResendSettings(true, false, ForwardRig.BLOCK_TIME)));
        pool.announce(ROUND);
        for (int account = 1; account <= 10; account++) {
            pool.submit(nonce(ROUND, account, account, SLOW), "a");
        }
        pool.forwarder.upstreamFailed(DOWN);
        pool.poll(ROUND);
        assertThat(pool.started()).as("a quarter of 8").isEqualTo(2);
        pool.offer(nonce(ROUND, 11, 11, SLOW), "a");
        assertThat(pool.started()).isEqualTo(3);

        pool.run();

        assertThat(pool.sent()).hasSize(21);
    }

    @Test
    void poolThatDoesNotForget_isSentNothingTwice() {
        ForwardRig pool = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(8, RetryPolicy.atNextPoll(), Duration.ofMinutes(4)));
        pool.announce(ROUND);
        pool.submit(nonce(ROUND, 1, 1, SLOW), "a");
        pool.forwarder.upstreamFailed(DOWN);
        pool.announce(ROUND);

        assertThat(pool.sent()).containsExactly(SLOW);
    }

    private static SubmitOutcome accepted(NonceSubmission nonce) {
        return new SubmitOutcome.Accepted(nonce.rawQuality());
    }
}
