package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Accepted;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Filtered;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Held;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Forwarding to another aggregator, which holds nonces, has better ones, or gives receipts only. */
class HubUpstreamTest {
    private static final MiningInfo ROUND = round(100);
    private static final SubmitOutcome HELD = new Held(UpstreamMessage.of("no verdict yet"));
    private static final SubmitOutcome FILTERED = new Filtered();
    private static final SubmitOutcome BAD = new Rejected(UpstreamMessage.of("PoCX validation failed"), true);

    private final ForwardRig rig = rig();

    private static ForwardRig rig() {
        return new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        32,
                        RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                        ForwardRig.BLOCK_TIME.multipliedBy(2)));
    }

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    // ---- held

    @Test
    void heldNonce_isAskedForAgainEveryFiveSeconds_andIsNoTrouble() {
        answers(Map.of(300L, HELD));
        submit(300);

        rig.pass(Duration.ofMillis(4_900));
        assertThat(rig.sent()).containsExactly(300L);
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.sent()).containsExactly(300L, 300L);

        answers(Map.of());
        rig.pass(Duration.ofSeconds(5));
        assertThat(rig.sent()).containsExactly(300L, 300L, 300L);
        assertThat(rig.heard).containsExactly("confirmed 300 at 300");
    }

    @Test
    void betterNonce_passesTheHeldOne_whichThenWaitsForItsTime() {
        answers(Map.of(300L, HELD, 200L, BAD));
        submit(300);
        rig.pass(Duration.ofSeconds(1));

        submit(200);

        assertThat(rig.sent()).containsExactly(300L, 200L);
        rig.pass(Duration.ofMillis(3_900));
        assertThat(rig.sent()).containsExactly(300L, 200L);
        rig.pass(Duration.ofMillis(100));
        assertThat(rig.sent()).containsExactly(300L, 200L, 300L);
    }

    @Test
    void heldNonceOfARefusedAccount_isAskedForAgainAfterFiveSeconds() {
        answers(Map.of(300L, UpstreamTrouble.accountRefused(new UpstreamMessage("not assigned", "-32007"))));
        submit(300);
        answers(Map.of(300L, HELD));
        pollFor(11);
        assertThat(rig.sent()).containsExactly(300L, 300L);

        pollFor(3);
        assertThat(rig.sent()).containsExactly(300L, 300L);
        pollFor(4);
        assertThat(rig.sent()).containsExactly(300L, 300L, 300L);
    }

    private void pollFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            rig.announce(ROUND);
            rig.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void otherAccounts_doNotWaitForAHeldNonce() {
        answers(Map.of(300L, HELD));
        submit(300);

        rig.submit(nonce(ROUND, 2, 1, 900), "a");

        assertThat(rig.heard).containsExactly("confirmed 900 at 900");
    }

    @Test
    void heldNonceOfAnOldRound_isAskedForUntilTheTimeForThatIsOver() {
        answers(Map.of(300L, HELD));
        submit(300);
        rig.announce(round(101));
        rig.pass(ForwardRig.BLOCK_TIME.multipliedBy(2).plusSeconds(5));
        int asked = rig.sent().size();
        assertThat(asked).isBetween(45, 50);

        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.sent()).hasSize(asked);
    }

    // ---- filtered

    @Test
    void filteredNonce_isNotConfirmed_andOnlyBetterOnesFollow() {
        answers(Map.of(300L, FILTERED));
        submit(300);
        submit(400);
        rig.submit(nonce(ROUND, 1, 9, 300), "b");
        submit(200);

        assertThat(rig.sent()).containsExactly(300L, 200L);
        assertThat(rig.fates.count(Fate.FILTERED)).isEqualTo(3);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    @Test
    void runnersUpOfAFilteredNonce_areFilteredAndRetained() {
        answers(Map.of(300L, FILTERED));
        rig.offer(nonce(ROUND, 1, 1, 300), "a");
        rig.offer(nonce(ROUND, 1, 2, 350), "b");
        rig.run();

        assertThat(rig.sent()).containsExactly(300L);
        assertThat(rig.fates.count(Fate.FILTERED)).isEqualTo(2);
        assertThat(outbox()).containsExactlyInAnyOrder(300L, 350L);
    }

    @Test
    void betterNonceThatIsRejected_doesNotBringTheFilteredOnesBack() {
        answers(Map.of(300L, FILTERED, 200L, BAD));
        submit(300);
        submit(200);
        rig.pass(Duration.ofSeconds(30));

        assertThat(rig.sent()).containsExactly(300L, 200L);
    }

    @Test
    void restart_knowsWhatWasFiltered() {
        answers(Map.of(300L, FILTERED));
        submit(300);
        rig.submit(nonce(ROUND, 1, 4, 400), "b");

        ForwardRig restarted = restarted();
        restarted.submit(nonce(ROUND, 1, 5, 310), "a");
        restarted.submit(nonce(ROUND, 1, 6, 290), "a");

        assertThat(restarted.sent()).containsExactly(290L);
        assertThat(restarted.fates.count(Fate.FILTERED)).isEqualTo(3);
    }

    @Test
    void anotherUpstream_isSentWhatTheHubFiltered_andTheHubStillNeedsNothing() {
        answers(Map.of(300L, FILTERED));
        submit(300);
        FakeUpstream pool = new FakeUpstream();
        Destination hub = rig.forwarder.active();
        rig.forwarder.several(true);

        activate(rig.forwarder.destination(new NamedUpstream("pool", pool)));
        assertThat(pool.submitted()).extracting(NonceSubmission::rawQuality).containsExactly(300L);
        assertThat(rig.heard).containsExactly("confirmed 300 at 300");

        activate(hub);
        submit(310);
        assertThat(rig.sent()).containsExactly(300L);
    }

    @Test
    void withoutAStore_theMinerOfAFilteredNonceGetsItsReceipt() {
        answers(Map.of(300L, FILTERED));
        rig.store.close();

        assertThat(rig.submit(nonce(ROUND, 1, 1, 300), "a").receipt()).isDone();
    }

    // ---- taken over

    @Test
    void nonceThatIsTakenOver_countsSo_andFiltersAsAConfirmedOne() {
        rig.upstream.judge(submission -> new Accepted(submission.rawQuality(), true));
        submit(300);
        submit(400);

        assertThat(rig.sent()).containsExactly(300L);
        assertThat(rig.heard).containsExactly("taken over 300");
        assertThat(rig.fates.count(Fate.TAKEN_OVER)).isEqualTo(1);
        assertThat(rig.fates.count(Fate.CONFIRMED)).isZero();
    }

    @Test
    void restart_knowsWhatWasTakenOver() {
        rig.upstream.judge(submission -> new Accepted(submission.rawQuality(), true));
        submit(300);

        ForwardRig restarted = restarted();
        restarted.submit(nonce(ROUND, 1, 5, 310), "a");

        assertThat(restarted.sent()).isEmpty();
    }

    @Test
    void nonceThatWasTakenOver_isConfirmedByAnotherUpstream_andStaysSo() {
        rig.upstream.judge(submission -> new Accepted(submission.rawQuality(), true));
        submit(300);
        Destination hub = rig.forwarder.active();
        rig.forwarder.several(true);

        activate(rig.forwarder.destination(new NamedUpstream("pool", new FakeUpstream())));
        activate(hub);

        assertThat(rig.heard).containsExactly("taken over 300", "confirmed 300 at 300");
        assertThat(rig.fates.count(Fate.TAKEN_OVER)).isZero();
        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(1);
    }

    // ---- helpers

    /** Nonces by their claims; all others are accepted. */
    private void answers(Map<Long, SubmitOutcome> outcomes) {
        Function<NonceSubmission, SubmitOutcome> judge =
                submission -> outcomes.getOrDefault(submission.rawQuality(), new Accepted(submission.rawQuality()));
        rig.upstream.judge(judge);
    }

    private void submit(long rawQuality) {
        rig.submit(nonce(ROUND, 1, rawQuality, rawQuality), "a");
    }

    private List<Long> outbox() {
        return rig.store.load(rig.clock.instant()).outbox().stream()
                .map(ReceivedNonce::submission)
                .map(NonceSubmission::rawQuality)
                .toList();
    }

    private void activate(Destination next) {
        rig.forwarder.activate(next);
        rig.announce(ROUND);
    }

    private ForwardRig restarted() {
        ForwardRig restarted = rig();
        restarted.forwarder.announced(restarted.rounds.announce(ROUND));
        restarted.forwarder.restore(rig.store.load(rig.clock.instant()));
        restarted.announce(ROUND);
        return restarted;
    }
}
