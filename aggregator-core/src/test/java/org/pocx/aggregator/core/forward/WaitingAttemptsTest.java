package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Attempts at an upstream that answers when it has a verdict: they wait, and keep no others from being sent. */
class WaitingAttemptsTest {
    private static final MiningInfo ROUND = round(100);
    private static final SubmitOutcome HELD = new SubmitOutcome.Held(UpstreamMessage.of("no verdict yet"));
    private static final int SLOTS = 2;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ModelAttempts hub = new ModelAttempts(submission -> {});
    private final Forwarder forwarder = new Forwarder(
            new ForwardSettings(SLOTS, RetryPolicy.atNextPoll(), Duration.ofMinutes(4)),
            SubmissionFilter.bestPerAccount(),
            hub,
            new StoreWriter(SubmissionStore.inMemory(), scheduler, event -> {}),
            event -> {},
            scheduler,
            new SettableClock(Instant.parse("2026-03-01T12:00:00Z")),
            hub,
            new Random(1),
            () -> {});

    @BeforeEach
    void mining() {
        hub.waitsForVerdicts(true);
        forwarder.announced(ForwardRig.opened(ROUND));
        forwarder.upstreamAnswered(scheduler.nanoTime());
    }

    @AfterEach
    void answerAll() {
        while (!hub.atUpstream().isEmpty()) {
            hub.answer(0, UpstreamTrouble.unreachable("the test is over"));
        }
    }

    @Test
    void attemptsThatWait_leaveTheirSlotsToOtherAccounts() {
        offerAccounts(SLOTS + 1);
        sendAll();
        pass(Duration.ofMillis(1_900));
        assertThat(hub.atUpstream()).hasSize(SLOTS);

        pass(Duration.ofMillis(200));

        assertThat(hub.atUpstream()).hasSize(SLOTS + 1);
        assertThat(forwarder.load().inFlight()).isEqualTo(1);
    }

    @Test
    void attemptsThatWait_areBounded() {
        offerAccounts(300);
        for (int i = 0; i < 200; i++) {
            sendAll();
            pass(Duration.ofMillis(100));
        }

        assertThat(hub.atUpstream()).hasSizeLessThanOrEqualTo(AttemptsInFlight.MAX_WAITING + SLOTS);
        assertThat(forwarder.load().inFlight()).isLessThanOrEqualTo(SLOTS);
    }

    @Test
    void thirdBetterNonceOfAnAccount_passesTwoThatWait() {
        offer(1, 300);
        sendAll();
        offer(1, 200);
        sendAll();
        offer(1, 100);
        sendAll();
        assertThat(hub.atUpstream()).hasSize(2);

        pass(Duration.ofMillis(2_100));

        assertThat(hub.atUpstream()).hasSize(3);
        assertNoneIsGivenUp();
    }

    @Test
    void attemptThatWaitsForTwentySeconds_isNotEndedForOthers_andIsAskedForAgainAtOnce() {
        offer(1, 300);
        sendAll();
        offer(1, 200);
        sendAll();
        offerAccounts(20);
        pass(Duration.ofSeconds(20));
        assertNoneIsGivenUp();
        int waiting = hub.atUpstream().size();

        hub.answer(1, HELD);
        sendAll();

        assertThat(hub.atUpstream()).hasSize(waiting);
        assertThat(hub.atUpstream().getLast().rawQuality()).isEqualTo(200);
    }

    @Test
    void worseNonceThatIsFilteredAfterABetterOne_changesNothing() {
        offer(1, 300);
        sendAll();
        offer(1, 200);
        sendAll();

        hub.answer(1, new SubmitOutcome.Filtered());
        hub.answer(0, new SubmitOutcome.Filtered());
        offer(1, 250);
        assertThat(hub.begun()).isZero();
        offer(1, 199);

        assertThat(hub.begun()).isEqualTo(1);
    }

    @Test
    void overdueAttempt_isEndedForOthers() {
        offerAccounts(SLOTS);
        sendAll();
        pass(Duration.ofSeconds(24));
        assertNoneIsGivenUp();
        offer(1, 10);
        sendAll();
        offer(1, 5);
        pass(Duration.ofMillis(100));
        offer(1, 3);
        pass(Duration.ofMillis(100));

        assertThat(hub.isGivenUp(0)).isTrue();
    }

    @Test
    void upstreamThatHasNotShownThatItWaits_mayHang() {
        hub.waitsForVerdicts(false);
        offerAccounts(SLOTS + 1);
        sendAll();

        pass(Duration.ofSeconds(3));

        assertThat(hub.isGivenUp(0)).isTrue();
    }

    private void offerAccounts(int count) {
        for (int account = 1; account <= count; account++) {
            offer(account, 1_000);
        }
    }

    private void offer(int account, long rawQuality) {
        forwarder.offer(nonce(ROUND, account, rawQuality, rawQuality), new MinerId("10.0.0.1"));
    }

    private void sendAll() {
        while (hub.begun() > 0) {
            hub.send(0);
        }
    }

    private void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusMillis(50)) {
            scheduler.advance(Duration.ofMillis(50));
            sendAll();
        }
    }

    private void assertNoneIsGivenUp() {
        for (int i = 0; i < hub.atUpstream().size(); i++) {
            assertThat(hub.isGivenUp(i)).isFalse();
        }
    }
}
