package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.Reputation;
import org.pocx.aggregator.core.forward.RetryPolicy.Retry;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.store.InMemorySubmissionStore;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class PauseTest {
    private static final Duration BACK_OFF = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofMinutes(4);
    private static final UpstreamTrouble AWAY = new UpstreamTrouble.Unreachable("connection refused", false);
    private static final UpstreamTrouble ODD = new UpstreamTrouble.UnknownCode(-99, "odd");
    private static final UpstreamTrouble NOT_KNOWN = new UpstreamTrouble.Unauthorized("who are you?");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final FakeUpstream upstream = new FakeUpstream();
    private Retry retry = new Retry.In(BACK_OFF);
    private int attemptsTold;
    private int refreshes;
    private final LaneContext context = new LaneContext(
            new ForwardSettings(1, this::after, GRACE),
            scheduler,
            clock,
            new Random(1),
            new StoreWriter(new InMemorySubmissionStore(), scheduler, event -> {}),
            event -> {},
            new Reputation(),
            new Dispatcher(1, upstream, scheduler, Runnable::run),
            new RefusedAccounts(),
            new RequestForms(event -> {}),
            new Incarnation(),
            () -> true,
            PocTime.forBlockTime(120),
            () -> refreshes++);
    private final RoundLanes round = new RoundLanes(Round.of(round(1)), context);
    private final Pause pause = new Pause(context, round);

    @BeforeEach
    void announce() {
        round.announced(Round.of(round(1)), 1);
    }

    private Retry after(int attempts, RandomGenerator random) {
        attemptsTold = attempts;
        return retry;
    }

    private boolean trouble(UpstreamTrouble what) {
        return waits(pause, what);
    }

    /** As the lane does it. */
    private static boolean waits(Pause pause, UpstreamTrouble what) {
        RetryPolicy.Retry retry = pause.troubleCame();
        if (retry instanceof RetryPolicy.Retry.Never) {
            return false;
        }
        pause.begin(retry, what, Runnable::run);
        return true;
    }

    private PollNews polled() {
        return new PollNews(scheduler.nanoTime(), false, false, 1);
    }

    @Test
    void atFirst_letsGo() {
        assertThat(pause.letsGo()).isTrue();
    }

    @Test
    void trouble_waitsForTheBackOff() {
        assertThat(trouble(AWAY)).isTrue();

        scheduler.advance(BACK_OFF.minusNanos(1));
        assertThat(pause.letsGo()).isFalse();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(pause.letsGo()).isTrue();
    }

    @Test
    void backOff_isEndedByTheEndOfAnOutageAlone() {
        trouble(AWAY);

        pause.polled(new PollNews(scheduler.nanoTime(), false, true, 1));
        assertThat(pause.isOver()).isFalse();
        pause.polled(new PollNews(scheduler.nanoTime(), true, false, 1));
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void nextPoll_endsTheWalletsWait_whichHasNoTime() {
        retry = new Retry.AtNextPoll();
        trouble(AWAY);

        scheduler.advance(Duration.ofDays(1));
        assertThat(pause.isOver()).isFalse();
        pause.polled(polled());
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void policyThatFails_waitsForTheNextPoll() {
        LaneContext failing = new LaneContext(
                new ForwardSettings(
                        1,
                        (attempts, random) -> {
                            throw new IllegalStateException("a policy's fault");
                        },
                        GRACE),
                scheduler,
                clock,
                new Random(1),
                context.writer(),
                context.listener(),
                context.reputation(),
                context.dispatcher(),
                context.refusedAccounts(),
                context.forms(),
                context.incarnation(),
                () -> true,
                context.pocTime(),
                () -> {});
        Pause ofFailing = new Pause(failing, round);

        assertThat(waits(ofFailing, AWAY)).isTrue();

        assertThat(ofFailing.isOver()).isFalse();
        ofFailing.polled(polled());
        assertThat(ofFailing.isOver()).isTrue();
    }

    @Test
    void never_isNoWaitAndCountsAttemptsAnew() {
        trouble(AWAY);
        pause.end();
        retry = new Retry.Never();

        assertThat(trouble(AWAY)).isFalse();

        assertThat(pause.isOver()).isTrue();
        trouble(AWAY);
        assertThat(attemptsTold).isEqualTo(1);
    }

    @Test
    void attemptsWithoutAVerdict_areCountedUntilOneComes() {
        trouble(AWAY);
        trouble(AWAY);
        assertThat(attemptsTold).isEqualTo(2);

        pause.verdictCame();

        assertThat(pause.isOver()).isTrue();
        trouble(AWAY);
        assertThat(attemptsTold).isEqualTo(1);
    }

    @Test
    void timerOfAWaitThatEnded_doesNotEndTheNextOne() {
        trouble(AWAY);
        scheduler.advance(Duration.ofSeconds(2));
        pause.end();
        trouble(AWAY);

        scheduler.advance(Duration.ofSeconds(2));

        assertThat(pause.isOver()).isFalse();
    }

    @Test
    void unknownCredentials_waitForOthers() {
        trouble(NOT_KNOWN);

        pause.polled(new PollNews(scheduler.nanoTime(), true, false, 1));
        assertThat(pause.isOver()).isFalse();
        pause.polled(new PollNews(scheduler.nanoTime(), false, true, 1));
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void unknownCredentials_areTriedAgainAfterTheirTime() {
        trouble(NOT_KNOWN);

        scheduler.advance(Delays.UNAUTHORIZED_RETRY.minusNanos(1));
        assertThat(pause.isOver()).isFalse();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void busyUpstream_isGivenTheTimeThatItAsksFor() {
        trouble(new UpstreamTrouble.Busy("busy", UpstreamTrouble.Busy.Scope.LANE, Optional.of(Duration.ofSeconds(20))));

        scheduler.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(pause.isOver()).isFalse();
        scheduler.advance(Duration.ofNanos(1));
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void newBest_passesTheTroubleOfOneNonceButNotThatOfTheUpstream() {
        trouble(AWAY);
        pause.letBetterPass();
        assertThat(pause.isOver()).isFalse();

        trouble(ODD);
        pause.letBetterPass();
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void newBest_passesTheWalletsWait() {
        retry = new Retry.AtNextPoll();
        trouble(AWAY);

        pause.letBetterPass();

        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void stale_asksForAPollAndWaitsForOneAskedAfterwards() {
        long before = scheduler.nanoTime() - 1;

        pause.staleCame();

        assertThat(refreshes).isEqualTo(1);
        pause.polled(new PollNews(before, true, true, 1));
        assertThat(pause.isOver()).isFalse();
        pause.polled(polled());
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void staleOfARoundThatIsNotCurrent_waitsForItsRevival() {
        round.retire();

        pause.staleCame();

        assertThat(refreshes).isZero();
        pause.polled(polled());
        assertThat(pause.isOver()).isFalse();
        pause.revived();
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void roundThatEndedSinceTheStaleAnswer_waitsForItsRevival() {
        pause.staleCame();
        round.retire();

        pause.polled(polled());

        assertThat(pause.isOver()).isFalse();
        pause.revived();
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void revival_doesNotEndABackOff() {
        trouble(AWAY);

        pause.revived();

        assertThat(pause.isOver()).isFalse();
    }

    @Test
    void troubleAfterTheGraceOfARound_waitsForItsRevival() {
        round.retire();
        scheduler.advance(GRACE);

        trouble(AWAY);

        scheduler.advance(BACK_OFF);
        assertThat(pause.isOver()).isFalse();
        pause.revived();
        assertThat(pause.isOver()).isTrue();
    }

    @Test
    void graceThatEndsDuringABackOff_letsNothingGoMore() {
        round.retire();
        scheduler.advance(GRACE.minusSeconds(1));
        trouble(AWAY);
        scheduler.advance(BACK_OFF);

        assertThat(pause.letsGo()).isFalse();
    }

    @Test
    void graceThatEndsWithoutTrouble_letsGo() {
        round.retire();
        scheduler.advance(GRACE);

        assertThat(pause.letsGo()).isTrue();
    }
}
