package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.forward.ForwardSettings;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.round.Round;
import org.pocx.aggregator.core.store.InMemorySubmissionStore;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.RecordedEvents;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

final class RestartTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant EARLIER = NOW.minus(Duration.ofMinutes(3));
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SettableClock clock = new SettableClock(NOW);
    private final FakeUpstream upstream = new FakeUpstream();
    private final InMemorySubmissionStore store = new InMemorySubmissionStore();
    private final RecentRounds rounds = new RecentRounds();
    private final Deque<Runnable> attempts = new ArrayDeque<>();
    private final StoreWriter writer = new StoreWriter(store, scheduler, event -> {});
    private final RecordedEvents events = new RecordedEvents();
    private Forwarder forwarder = forwarder(SubmissionFilter.bestPerAccount());

    private Forwarder forwarder(SubmissionFilter filter) {
        return new Forwarder(
                new ForwardSettings(1, RetryPolicy.atNextPoll(), Duration.ZERO),
                filter,
                upstream,
                writer,
                events,
                scheduler,
                clock,
                attempts::add,
                new Random(1),
                () -> {});
    }

    private void stored(StoreChange change) {
        store.write(change).join();
    }

    private void storedRound(MiningInfo info) {
        stored(new StoreChange.RoundAnnounced(info, EARLIER));
    }

    private void storedConfirmation(NonceSubmission submission, String machine, Instant at) {
        stored(new StoreChange.VerdictGiven(new Verdict(new ReceivedNonce(submission, new MinerId(machine), EARLIER), Verdict.Outcome.CONFIRMED, submission.rawQuality(), UpstreamMessage.NONE, false, at)));
    }

    private void storedOutbox(NonceSubmission submission) {
        stored(new StoreChange.OutboxPut(new ReceivedNonce(submission, MINER, EARLIER)));
    }

    private void takeOver() {
        new Restart(store, clock, rounds, forwarder, events).takeOver();
    }

    /** What is sent once the upstream answers. */
    private List<NonceSubmission> sent() {
        forwarder.upstreamAnswered(scheduler.nanoTime());
        for (Runnable attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
            attempt.run();
        }
        return upstream.submitted();
    }

    @Test
    void emptyStore_changesNothing() {
        takeOver();

        assertThat(rounds.open()).isEmpty();
        assertThat(events.all()).containsExactly(new AggregatorEvent.Started(StoredFarm.EMPTY));
    }

    @Test
    void storedRounds_areOpenAgain_theLastOneIsCurrent() {
        storedRound(round(1));
        storedRound(round(2));

        takeOver();

        assertThat(rounds.open()).extracting(Round::height).containsExactly(1L, 2L);
    }

    @Test
    void storedFormsOfARound_allMatchAgain() {
        MiningInfo easier = new MiningInfo(round(1).generationSignature(), 99, 1, hash(1));
        storedRound(round(1));
        storedRound(easier);

        takeOver();

        Round open = rounds.current().orElseThrow();
        assertThat(open.refusal(nonce(round(1), 1, 1, 1))).isNull();
        assertThat(open.refusal(nonce(easier, 1, 1, 1))).isNull();
    }

    @Test
    void listeners_learnWhatIsRemembered_beforeTheNoncesOfTheOutbox() {
        storedRound(round(1));
        storedOutbox(nonce(round(1), 1, 1, 100));

        takeOver();

        assertThat(events.all()).hasSize(2).first().isEqualTo(new AggregatorEvent.Started(store.load(NOW)));
        assertThat(events.of(AggregatorEvent.FateChanged.class)).singleElement().satisfies(restored -> {
            assertThat(restored.isReceived()).isTrue();
            assertThat(restored.sinceReceived()).isEqualTo(Duration.between(EARLIER, NOW));
        });
    }

    @Test
    void outbox_isSentAgain() {
        storedRound(round(1));
        storedOutbox(nonce(round(1), 1, 1, 100));

        takeOver();

        assertThat(sent()).containsExactly(nonce(round(1), 1, 1, 100));
    }

    @Test
    void outboxThatIsNoBetterThanWhatWasConfirmed_isNotSent() {
        storedRound(round(1));
        storedOutbox(nonce(round(1), 1, 2, 200));
        storedConfirmation(nonce(round(1), 1, 1, 100), MINER.address(), EARLIER);

        takeOver();

        assertThat(sent()).isEmpty();
    }

    @Test
    void bestTwoOfAnAccount_areSentAlsoAfterARestart() {
        forwarder = forwarder(new BestTwoBelow(1_000));
        storedRound(round(1));
        storedOutbox(nonce(round(1), 1, 2, 200));
        storedOutbox(nonce(round(1), 1, 3, 300));
        storedConfirmation(nonce(round(1), 1, 1, 100), MINER.address(), EARLIER);

        takeOver();

        assertThat(sent()).containsExactly(nonce(round(1), 1, 2, 200));
    }

    @Test
    void outboxThatTheFilterDoesNotAcceptAnyMore_isFilteredAndRemoved() {
        forwarder = forwarder(new BestTwoBelow(200));
        storedRound(round(1));
        storedOutbox(nonce(round(1), 1, 2, 200));

        takeOver();

        assertThat(sent()).isEmpty();
        assertThat(store.load(NOW).outbox()).isEmpty();
        assertThat(events.of(AggregatorEvent.FateChanged.class))
                .singleElement()
                .satisfies(event -> assertThat(event.after()).isEqualTo(Fate.FILTERED));
    }

    private record BestTwoBelow(long limit) implements SubmissionFilter {
        @Override
        public String keyOf(NonceSubmission submission) {
            return submission.accountId();
        }

        @Override
        public boolean accepts(NonceSubmission submission) {
            return Long.compareUnsigned(submission.rawQuality(), limit) < 0;
        }

        @Override
        public int bestPerKey() {
            return 2;
        }
    }
}
