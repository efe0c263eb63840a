package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/** What a sender that waits for the verdict on its nonce is answered, and when. */
@SuppressWarnings("FutureReturnValueIgnored") // some answers do not matter
class AwaitedVerdictTest {
    private static final MiningInfo ROUND = round(100);
    private static final UpstreamMessage BAD = new UpstreamMessage("PoCX validation failed", "-26");
    private static final UpstreamMessage NO_KEY = new UpstreamMessage("No private key available", "-5");

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.bestPerAccount(),
            new ForwardSettings(
                    32,
                    RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    Duration.ofMinutes(4)));

    @BeforeEach
    void begin() {
        rig.announce(ROUND);
    }

    private CompletableFuture<VerdictAnswer> offer(NonceSubmission nonce) {
        return offer(nonce, "hub");
    }

    /** Takes a nonce whose sender waits. Nothing is sent yet. */
    private CompletableFuture<VerdictAnswer> offer(NonceSubmission nonce, String machine) {
        CompletableFuture<VerdictAnswer> verdict = new CompletableFuture<>();
        assertThat(rig.forwarder.offer(nonce, MinerId.ofId(machine), verdict)).isNotNull();
        return verdict;
    }

    private static NonceSubmission of(long rawQuality) {
        return nonce(ROUND, 1, rawQuality, rawQuality);
    }

    private static SubmissionReceipt receipt(long rawQuality) {
        long pocTime = PocTime.forBlockTime(ForwardRig.BLOCK_TIME.toSeconds()).seconds(rawQuality, ROUND.baseTarget());
        return new SubmissionReceipt(rawQuality, pocTime);
    }

    private static VerdictAnswer confirmed(long rawQuality) {
        return new VerdictAnswer.Confirmed(receipt(rawQuality));
    }

    private static VerdictAnswer filtered(long rawQuality) {
        return new VerdictAnswer.Filtered(receipt(rawQuality));
    }

    @Test
    void confirmedNonce_isAnsweredWithItsQuality_andNotBefore() {
        CompletableFuture<VerdictAnswer> verdict = offer(of(500_000_000_000L));
        assertThat(verdict).isNotDone();

        rig.run();

        assertThat(verdict).isCompletedWithValue(confirmed(500_000_000_000L));
    }

    @Test
    void nonceConfirmedWorseThanClaimed_isAnsweredWithTheConfirmedQuality() {
        rig.upstream.judge(nonce -> new SubmitOutcome.Accepted(900));

        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.run();

        assertThat(verdict).isCompletedWithValue(confirmed(900));
    }

    @Test
    void rejectedNonce_isAnsweredWithTheUpstreamsMessage() {
        rig.upstream.judge(nonce -> new SubmitOutcome.Rejected(BAD, true));

        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.run();

        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.Rejected(BAD));
    }

    @Test
    void nonceOfARefusedAccount_isAnsweredWithTheUpstreamsMessage_andSoIsTheNextOne_withoutBeingSent() {
        rig.upstream.judge(nonce -> UpstreamTrouble.accountRefused(NO_KEY));

        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.run();
        CompletableFuture<VerdictAnswer> next = offer(of(400));
        rig.run();

        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.AccountRefused(NO_KEY));
        assertThat(next).isCompletedWithValue(new VerdictAnswer.AccountRefused(NO_KEY));
        assertThat(rig.sent()).containsExactly(500L);
    }

    @Test
    void staleNonce_isAnsweredAsStale_andWhenItIsRepeated() {
        rig.upstream.judge(nonce -> new SubmitOutcome.Stale(UpstreamMessage.of("stale")));

        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.run();

        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.Stale());
        assertThat(offer(of(500))).isCompletedWithValue(new VerdictAnswer.Stale());
    }

    @Test
    void nonceOfARoundThatIsOver_isAnsweredAsStale() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.run();

        for (int height = 101; height <= 103; height++) {
            rig.announce(round(height));
        }

        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.Stale());
    }

    @Test
    void unreachableUpstream_keepsTheSenderWaiting_untilItAnswers() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        rig.pass(Duration.ofSeconds(20));
        assertThat(verdict).isNotDone();

        rig.upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        rig.pass(Duration.ofSeconds(20));

        assertThat(verdict).isCompletedWithValue(confirmed(500));
    }

    @Test
    void nonceNotBetterThanWhatIsConfirmed_isAnsweredAsFilteredAtOnce() {
        rig.submit(of(400), "a");

        assertThat(offer(of(500))).isCompletedWithValue(filtered(500));
    }

    @Test
    void supersededNonce_isFilteredWhenTheBetterOneIsConfirmed_andNotBefore() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        CompletableFuture<VerdictAnswer> worse = offer(of(500));
        rig.run();
        CompletableFuture<VerdictAnswer> better = offer(of(400));
        CompletableFuture<VerdictAnswer> behind = offer(of(600), "b");
        assertThat(worse).isNotDone();
        assertThat(behind).isNotDone();

        rig.upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        rig.pass(Duration.ofSeconds(20));

        assertThat(better).isCompletedWithValue(confirmed(400));
        assertThat(worse).isCompletedWithValue(filtered(500));
        assertThat(behind).isCompletedWithValue(filtered(600));
    }

    @Test
    void supersededNonce_hasItsOwnVerdictWhenTheBetterOneIsRejected() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        CompletableFuture<VerdictAnswer> worse = offer(of(500));
        rig.run();
        CompletableFuture<VerdictAnswer> better = offer(of(400), "liar");

        rig.upstream.judge(nonce -> nonce.rawQuality() == 400
                ? new SubmitOutcome.Rejected(BAD, true)
                : new SubmitOutcome.Accepted(nonce.rawQuality()));
        rig.pass(Duration.ofSeconds(20));

        assertThat(better).isCompletedWithValue(new VerdictAnswer.Rejected(BAD));
        assertThat(worse).isCompletedWithValue(confirmed(500));
    }

    @Test
    void betterNonceConfirmedWorseThanClaimed_doesNotFilterTheOther() {
        rig.upstream.judge(nonce -> nonce.rawQuality() == 400
                ? new SubmitOutcome.Accepted(900)
                : new SubmitOutcome.Accepted(nonce.rawQuality()));
        CompletableFuture<VerdictAnswer> better = offer(of(400), "liar");
        CompletableFuture<VerdictAnswer> behind = offer(of(500));

        rig.run();

        assertThat(better).isCompletedWithValue(confirmed(900));
        assertThat(behind).isCompletedWithValue(confirmed(500));
    }

    @Test
    void repeatAfterTheVerdict_isAnsweredByIt_andNotSentAgain() {
        rig.upstream.judge(nonce -> nonce.rawQuality() == 500
                ? new SubmitOutcome.Rejected(BAD, true)
                : new SubmitOutcome.Accepted(900));
        offer(of(500));
        offer(nonce(ROUND, 2, 7, 700));
        rig.run();

        assertThat(offer(of(500))).isCompletedWithValue(new VerdictAnswer.Rejected(BAD));
        assertThat(offer(nonce(ROUND, 2, 7, 700), "other")).isCompletedWithValue(confirmed(900));
        assertThat(rig.sent()).containsExactly(500L, 700L);
        assertThat(rig.fates.received()).isEqualTo(2);
    }

    @Test
    void repeatOfANonceThatIsConfirmedAmongMany_isAnsweredAsConfirmed() {
        for (long quality = 500; quality > 480; quality--) {
            offer(of(quality));
            rig.run();
        }

        assertThat(offer(of(500))).isCompletedWithValue(confirmed(500));
    }

    @Test
    void repeatBeforeTheVerdict_joinsTheWait() {
        CompletableFuture<VerdictAnswer> first = offer(of(500));
        CompletableFuture<VerdictAnswer> second = offer(of(500));
        CompletableFuture<VerdictAnswer> third = offer(of(500), "b");

        rig.run();

        assertThat(first).isCompletedWithValue(confirmed(500));
        assertThat(second).isCompletedWithValue(confirmed(500));
        assertThat(third).isCompletedWithValue(confirmed(500));
        assertThat(rig.sent()).containsExactly(500L);
    }

    @Test
    void nonceThatWasTakenWithoutAWait_isAwaitedByItsRepeat() {
        rig.offer(of(500), "a");
        CompletableFuture<VerdictAnswer> verdict = offer(of(500));

        rig.run();

        assertThat(verdict).isCompletedWithValue(confirmed(500));
    }

    @Test
    void droppedNonce_isHeld_andCompetesAgainWhenItIsRepeated() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        for (int i = 0; i < 40; i++) {
            offer(of(400 + i), "m" + i % 4);
        }
        CompletableFuture<VerdictAnswer> verdict = offer(of(900), "m0");
        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.Held());
        rig.upstream.judge(nonce -> nonce.rawQuality() < 900
                ? new SubmitOutcome.Rejected(BAD, true)
                : new SubmitOutcome.Accepted(nonce.rawQuality()));
        rig.pass(Duration.ofMinutes(1));

        CompletableFuture<VerdictAnswer> again = offer(of(900));
        rig.run();

        assertThat(again).isCompletedWithValue(confirmed(900));
        assertFatesAreOfAllReceived(41);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void supersededAndDroppedNonce_competesAgain_andIsCountedOnce() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        offer(of(900), "m0");
        rig.run();
        for (int i = 0; i < 40; i++) {
            offer(of(800 - i), "m" + i % 4);
        }
        rig.upstream.judge(nonce -> nonce.rawQuality() < 900
                ? new SubmitOutcome.Rejected(BAD, true)
                : new SubmitOutcome.Accepted(nonce.rawQuality()));
        rig.pass(Duration.ofMinutes(1));

        CompletableFuture<VerdictAnswer> again = offer(of(900));
        rig.run();

        assertThat(again).isCompletedWithValue(confirmed(900));
        assertFatesAreOfAllReceived(41);
    }

    private void assertFatesAreOfAllReceived(int count) {
        long sum = 0;
        for (Fate fate : Fate.values()) {
            assertThat(rig.fates.count(fate)).as(fate.name()).isNotNegative();
            sum += rig.fates.count(fate);
        }
        assertThat(rig.fates.received()).isEqualTo(count);
        assertThat(sum).isEqualTo(count);
    }

    @Test
    void repeatAfterARestart_isAnsweredByTheStoredVerdict_andNotSentAgain() {
        rig.upstream.judge(nonce -> nonce.rawQuality() == 500
                ? new SubmitOutcome.Rejected(BAD, true)
                : new SubmitOutcome.Accepted(900));
        offer(of(500));
        offer(of(600));
        rig.run();
        ForwardRig restarted = restart();
        CompletableFuture<VerdictAnswer> rejected = new CompletableFuture<>();
        CompletableFuture<VerdictAnswer> accepted = new CompletableFuture<>();

        restarted.forwarder.offer(of(500), MinerId.ofId("hub"), rejected);
        restarted.forwarder.offer(of(600), MinerId.ofId("hub"), accepted);
        restarted.run();

        assertThat(rejected).isCompletedWithValue(new VerdictAnswer.Rejected(BAD));
        assertThat(accepted).isCompletedWithValue(confirmed(900));
        assertThat(restarted.sent()).isEmpty();
    }

    @Test
    void repeatAfterARestart_ofANonceWithoutAVerdict_joinsTheWait() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("refused"));
        offer(of(500));
        rig.run();
        ForwardRig restarted = restart();
        CompletableFuture<VerdictAnswer> verdict = new CompletableFuture<>();

        restarted.forwarder.offer(of(500), MinerId.ofId("hub"), verdict);
        restarted.run();

        assertThat(verdict).isCompletedWithValue(confirmed(500));
        assertThat(restarted.sent()).containsExactly(500L);
    }

    private ForwardRig restart() {
        ForwardRig next = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(32, RetryPolicy.atNextPoll(), Duration.ofMinutes(4)));
        next.forwarder.announced(next.rounds.announce(ROUND));
        next.forwarder.restore(rig.store.load(rig.clock.instant()));
        next.poll(ROUND);
        return next;
    }

    @Test
    void nonceThatTheFilterDoesNotAccept_isFiltered() {
        ForwardRig strict = new ForwardRig(
                new SubmissionFilter() {
                    @Override
                    public String keyOf(NonceSubmission submission) {
                        return "";
                    }

                    @Override
                    public boolean accepts(NonceSubmission submission) {
                        return false;
                    }
                },
                new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ofMinutes(4)));
        strict.announce(ROUND);
        CompletableFuture<VerdictAnswer> verdict = new CompletableFuture<>();

        strict.forwarder.offer(of(500), MinerId.ofId("hub"), verdict);

        assertThat(verdict).isCompletedWithValue(filtered(500));
    }

    @Test
    void senderThatWaitsNoLonger_isForgotten() {
        CompletableFuture<VerdictAnswer> left = offer(of(500));
        left.complete(new VerdictAnswer.Held());
        CompletableFuture<VerdictAnswer> stays = offer(of(500));

        rig.run();

        assertThat(left).isCompletedWithValue(new VerdictAnswer.Held());
        assertThat(stays).isCompletedWithValue(confirmed(500));
    }

    @Test
    void closedForwarder_answersAllWhoWait() {
        CompletableFuture<VerdictAnswer> verdict = offer(of(500));
        CompletableFuture<VerdictAnswer> behind = offer(of(600));

        rig.forwarder.close(Duration.ZERO);

        assertThat(verdict).isCompletedWithValue(new VerdictAnswer.Held());
        assertThat(behind).isCompletedWithValue(new VerdictAnswer.Held());
    }

    @Test
    void decidedNonces_areBounded_andLeaveWithTheirRound() {
        DecidedNonces decided = new DecidedNonces();
        for (int i = 0; i <= DecidedNonces.MAX; i++) {
            decided.put(i, new DecidedNonces.Decision(i == 9 ? "b" : "a", Fate.CONFIRMED, "", 7, UpstreamMessage.NONE));
        }
        assertThat(decided.size()).isEqualTo(DecidedNonces.MAX);
        assertThat(decided.find(0)).isNull();

        decided.forget("a");

        assertThat(decided.size()).isEqualTo(1);
        assertThat(decided.find(9)).isNotNull();
    }
}
