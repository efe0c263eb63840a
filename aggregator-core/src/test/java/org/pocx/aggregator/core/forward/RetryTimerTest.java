package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class RetryTimerTest {
    private static final Duration BACK_OFF = Duration.ofSeconds(3);
    private static final UpstreamTrouble UNREACHABLE = UpstreamTrouble.unreachable("connection refused");
    private static final UpstreamTrouble UNKNOWN_CODE = UpstreamTrouble.unknownError(new UpstreamMessage("odd", "-99"));
    private static final UpstreamTrouble UNAUTHORIZED = UpstreamTrouble.unauthorized("who are you?");
    private static final PollResult POLL = new PollResult(1, false, false);

    private final RetryTimer timer = new RetryTimer();
    private Retry retry = Retry.in(BACK_OFF);
    private long now = 1;
    private boolean isCurrent = true;
    private boolean mayRetry = true;
    private LaneStep last = step();

    /** An event now. */
    private LaneStep step() {
        last = new LaneStep(new LaneFacts(now, Instant.EPOCH, Round.of(round(1)), 0, isCurrent, mayRetry, 1, true));
        return last;
    }

    /** An attempt ends without a verdict, as the lane handles it. */
    private boolean fail(UpstreamTrouble trouble) {
        boolean isRetried = timer.countFailure(retry);
        if (isRetried) {
            timer.begin(retry, trouble, step());
        }
        return isRetried;
    }

    private LaneEffect.StartTimer started() {
        return last.effects().stream()
                .filter(LaneEffect.StartTimer.class::isInstance)
                .map(LaneEffect.StartTimer.class::cast)
                .findFirst()
                .orElseThrow();
    }

    /** Asserts that the wait takes that long. */
    private void assertTimed(Duration time) {
        LaneEffect.StartTimer start = started();
        assertThat(start.delay()).isEqualTo(time);
        assertThat(timer.isOver()).isFalse();
        timer.elapsed(start.number(), step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void atFirst_maySend() {
        assertThat(timer.maySend(step())).isTrue();
    }

    @Test
    void trouble_waitsForTheBackOff() {
        assertThat(fail(UNREACHABLE)).isTrue();

        assertTimed(BACK_OFF);
    }

    @Test
    void backOff_isEndedByTheEndOfAnOutageOnly() {
        fail(UNREACHABLE);

        timer.polled(new PollResult(now, false, true), step());
        assertThat(timer.isOver()).isFalse();
        timer.polled(new PollResult(now, true, false), step());
        assertThat(timer.isOver()).isTrue();
        assertThat(last.effects()).containsExactly(new LaneEffect.CancelTimer());
    }

    @Test
    void nextPoll_endsTheWalletsWait_whichHasNoTime() {
        retry = Retry.atNextPoll();
        fail(UNREACHABLE);

        assertThat(last.effects()).isEmpty();
        assertThat(timer.isOver()).isFalse();
        timer.polled(POLL, step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void never_doesNotWaitAndCountsAttemptsAnew() {
        fail(UNREACHABLE);
        timer.end(step());
        retry = Retry.never();

        assertThat(fail(UNREACHABLE)).isFalse();

        assertThat(timer.isOver()).isTrue();
        assertThat(timer.failures()).isZero();
    }

    @Test
    void attemptsWithoutAVerdict_areCountedUntilOneComes() {
        fail(UNREACHABLE);
        fail(UNREACHABLE);
        assertThat(timer.failures()).isEqualTo(2);

        timer.verdictReceived(step());

        assertThat(timer.isOver()).isTrue();
        assertThat(timer.failures()).isZero();
    }

    @Test
    void timerOfAWaitThatEnded_doesNotEndTheNextOne() {
        fail(UNREACHABLE);
        LaneEffect.StartTimer first = started();
        timer.end(step());
        fail(UNREACHABLE);

        timer.elapsed(first.number(), step());

        assertThat(timer.isOver()).isFalse();
    }

    @Test
    void unknownCredentials_waitForOthers() {
        fail(UNAUTHORIZED);

        timer.polled(new PollResult(now, true, false), step());
        assertThat(timer.isOver()).isFalse();
        timer.polled(new PollResult(now, false, true), step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void unknownCredentials_areTriedAgainAfterTheirTime() {
        fail(UNAUTHORIZED);

        assertTimed(RetryDelays.UNAUTHORIZED_RETRY);
    }

    @Test
    void busyLane_waitsAsLongAsTheUpstreamAsksFor() {
        fail(UpstreamTrouble.busy("busy").withRetryAfter(Duration.ofSeconds(20)));

        assertThat(last.effects()).hasSize(1);
        assertTimed(Duration.ofSeconds(20));
    }

    @Test
    void busyUpstream_isPaused() {
        fail(UpstreamTrouble.upstreamBusy("busy"));

        assertThat(last.effects()).contains(new LaneEffect.PauseUpstream(RetryDelays.BUSY_UPSTREAM, "upstream"));
    }

    @Test
    void newBest_doesNotWaitForTheTroubleOfOneNonce_butForThatOfTheUpstream() {
        fail(UNREACHABLE);
        timer.betterQueued(step());
        assertThat(timer.isOver()).isFalse();

        fail(UNKNOWN_CODE);
        timer.betterQueued(step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void newBest_doesNotWaitForTheWalletsPoll() {
        retry = Retry.atNextPoll();
        fail(UNREACHABLE);

        timer.betterQueued(step());

        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void stale_asksForAPollAndWaitsForOneAskedAfterwards() {
        timer.staleReceived(step());

        assertThat(last.effects()).containsExactly(new LaneEffect.RefreshMiningInfo());
        timer.polled(new PollResult(now - 1, true, true), step());
        assertThat(timer.isOver()).isFalse();
        timer.polled(new PollResult(now, false, false), step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void staleOfARoundThatIsNotCurrent_waitsForTheRoundToBecomeCurrent() {
        isCurrent = false;
        timer.staleReceived(step());

        assertThat(last.effects()).isEmpty();
        timer.polled(POLL, step());
        assertThat(timer.isOver()).isFalse();
        timer.roundAnnounced(step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void roundThatEndedSinceTheStaleAnswer_waitsToBecomeCurrent() {
        timer.staleReceived(step());
        isCurrent = false;

        timer.polled(POLL, step());

        assertThat(timer.isOver()).isFalse();
        timer.roundAnnounced(step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void announcement_doesNotEndABackOff() {
        fail(UNREACHABLE);

        timer.roundAnnounced(step());

        assertThat(timer.isOver()).isFalse();
    }

    @Test
    void troubleAfterTheTimeForRetries_waitsForTheRoundToBecomeCurrent() {
        mayRetry = false;
        fail(UNREACHABLE);

        assertThat(last.effects()).isEmpty();
        assertThat(timer.isOver()).isFalse();
        timer.roundAnnounced(step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void timeForRetriesThatEndsDuringABackOff_sendsNothingMore() {
        fail(UNREACHABLE);
        timer.elapsed(started().number(), step());
        mayRetry = false;

        assertThat(timer.maySend(step())).isFalse();
    }

    @Test
    void timeForRetriesThatEndsWithoutTrouble_maySend() {
        mayRetry = false;

        assertThat(timer.maySend(step())).isTrue();
    }

    @Test
    void heldNonce_rests_untilItsTimeOrAnotherOneIsNext() {
        timer.rest(Duration.ofSeconds(2).toNanos(), step());
        assertTimed(Duration.ofSeconds(2));

        timer.rest(Duration.ofSeconds(2).toNanos(), step());
        timer.polled(POLL, step());
        assertThat(timer.isOver()).isFalse();
        timer.rest(0, step());
        assertThat(timer.isOver()).isTrue();
    }

    @Test
    void heldNonce_isNoFailure_andEndsNoBackOff() {
        fail(UNREACHABLE);

        timer.heldReceived(step());
        timer.rest(Duration.ofSeconds(2).toNanos(), step());

        assertThat(last.effects()).isEmpty();
        assertThat(timer.failures()).isEqualTo(1);
        assertThat(timer.isOver()).isFalse();
    }

    @Test
    void heldNonceOfAnOldRound_waitsForTheRound() {
        mayRetry = false;

        timer.heldReceived(step());

        assertThat(timer.isOver()).isFalse();
        timer.roundAnnounced(step());
        assertThat(timer.isOver()).isTrue();
    }
}
