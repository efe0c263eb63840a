package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.forward.ForwardSettings;
import org.pocx.aggregator.core.forward.Forwarder;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.testkit.EmptyStore;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class PollIntakeTest {
    private static final MinerId MINER = new MinerId("10.0.0.1");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final UpstreamTrouble AWAY = UpstreamTrouble.unreachable("connection refused");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeUpstream upstream = new FakeUpstream();
    private final RecentRounds rounds = new RecentRounds();
    private final Written store = new Written();
    private final Told listener = new Told();
    private final Deque<Runnable> attempts = new ArrayDeque<>();
    private final StoreWriter writer = new StoreWriter(store, scheduler, event -> {});
    private final Forwarder forwarder = new Forwarder(
            new ForwardSettings(1, (tries, random) -> Retry.in(Duration.ofHours(1)), Duration.ofHours(2)),
            SubmissionFilter.bestPerAccount(),
            upstream,
            writer,
            listener,
            scheduler,
            new SettableClock(NOW),
            attempts::add,
            new Random(1),
            () -> {});
    private final PollIntake polls = new PollIntake(
            rounds,
            forwarder,
            writer,
            listener,
            new UpstreamWatch(listener, scheduler::nanoTime),
            new SettableClock(NOW));
    private final SynchronisationWatch pace =
            new SynchronisationWatch(Duration.ofMinutes(2), () -> false, attempts::add, scheduler::nanoTime, listener);

    private static final class Written implements EmptyStore {
        private final List<StoreChange> changes = new ArrayList<>();
        private Consumer<StoreChange> onWrite = change -> {};

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            changes.add(change);
            onWrite.accept(change);
            return CompletableFuture.completedFuture(null);
        }
    }

    private static final class Told implements AggregatorListener {
        private final List<String> events = new ArrayList<>();
        private Consumer<MiningInfo> onRound = info -> {};

        @Override
        public void on(AggregatorEvent event) {
            switch (event) {
                case AggregatorEvent.RoundChanged changed -> {
                    events.add(changed.kind() + " " + changed.info().height());
                    onRound.accept(changed.info());
                }
                case AggregatorEvent.UpstreamDown down -> events.add("down: " + down.trouble().message().text());
                case AggregatorEvent.UpstreamUp up -> events.add("up");
                default -> {}
            }
        }
    }

    private void answered(MiningInfo info) {
        polls.polled(forwarder.active(), pace, new MiningInfoOutcome.Fetched(info), scheduler.nanoTime());
    }

    /** A nonce of that round is sent once, and answered so. */
    private void send(MiningInfo info, SubmitOutcome outcome) {
        upstream.judge(submission -> outcome);
        assertThat(forwarder.submit(nonce(info, 1, 1, 100), MINER)).isNotNull();
        runAttempts();
        assertThat(upstream.submitted()).hasSize(1);
    }

    private void runAttempts() {
        for (Runnable attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
            attempt.run();
        }
    }

    @Test
    void listenerThatHearsOfARound_doesNotFindItYet() {
        List<Boolean> found = new ArrayList<>();
        listener.onRound = info -> found.add(rounds.find(info.blockHash()) != null);

        answered(round(1));

        assertThat(found).containsExactly(false);
        assertThat(rounds.find(hash(1))).isNotNull();
    }

    @Test
    void lanesOfARound_takeNoncesBeforeItIsVisible() {
        for (int number = 1; number <= 3; number++) {
            answered(round(number));
        }
        List<String> seen = new ArrayList<>();
        store.onWrite = change -> {
            if (change instanceof StoreChange.RoundClosed) {
                seen.add(rounds.find(hash(4)) == null ? "hidden" : "visible");
                boolean taken = forwarder.submit(nonce(round(4), 1, 1, 100), MINER) != null;
                seen.add(taken ? "taken" : "not taken");
            }
        };

        answered(round(4));

        assertThat(seen).containsExactly("hidden", "taken");
    }

    @Test
    void newRound_isWrittenWithItsTime() {
        answered(round(1));

        assertThat(store.changes).containsExactly(new StoreChange.RoundAnnounced(round(1), NOW));
        assertThat(listener.events).containsExactly("OPENED 1", "up");
    }

    @Test
    void unchangedRound_isWrittenAgainEveryTenSeconds() {
        answered(round(1));
        for (int second = 1; second <= 25; second++) {
            scheduler.advance(Duration.ofSeconds(1));
            answered(round(1));
        }

        StoreChange announced = new StoreChange.RoundAnnounced(round(1), NOW);
        assertThat(store.changes).containsExactly(announced, announced, announced);
    }

    @Test
    void roundThatLeavesTheLastThree_isWrittenAsClosedAfterTheNewOne() {
        for (int number = 1; number <= 3; number++) {
            answered(round(number));
        }
        store.changes.clear();

        answered(round(4));

        assertThat(store.changes)
                .containsExactly(
                        new StoreChange.RoundAnnounced(round(4), NOW), new StoreChange.RoundClosed(hash(1)));
    }

    @Test
    void sameAnnouncementAgain_isNeitherToldNorWritten() {
        answered(round(1));

        answered(round(1));

        assertThat(store.changes).hasSize(1);
        assertThat(listener.events).containsExactly("OPENED 1", "up");
    }

    @Test
    void sameRoundInAnotherForm_isToldAsChangedAndWritten() {
        MiningInfo easier = new MiningInfo(hash(77), 99, 1, hash(1));
        answered(round(1));

        answered(easier);

        assertThat(listener.events).containsExactly("OPENED 1", "up", "REANNOUNCED 1");
        assertThat(store.changes).last().isEqualTo(new StoreChange.RoundAnnounced(easier, NOW));
    }

    @Test
    void forkBack_isToldAsRevivedAndWritten() {
        answered(round(1));
        answered(round(2));

        answered(round(1));

        assertThat(listener.events).containsExactly("OPENED 1", "up", "OPENED 2", "REVIVED 1");
        assertThat(store.changes).hasSize(3).last().isEqualTo(new StoreChange.RoundAnnounced(round(1), NOW));
    }

    @Test
    void failedPoll_isTold() {
        polls.polled(forwarder.active(), pace, AWAY, scheduler.nanoTime());

        assertThat(listener.events).containsExactly("down: connection refused");
    }

    @Test
    void answerAfterAFailedPoll_endsTheBackOff() {
        answered(round(1));
        send(round(1), AWAY);
        polls.polled(forwarder.active(), pace, AWAY, scheduler.nanoTime());

        answered(round(1));
        runAttempts();

        assertThat(upstream.submitted()).hasSize(2);
    }

    @Test
    void answerWithoutAFailedPoll_leavesTheBackOff() {
        answered(round(1));
        send(round(1), AWAY);

        answered(round(1));
        runAttempts();

        assertThat(upstream.submitted()).hasSize(1);
    }

    @Test
    void pollAskedBeforeAStaleAnswer_doesNotSendTheNonceAgain() {
        answered(round(1));
        long before = scheduler.nanoTime();
        scheduler.advance(Duration.ofSeconds(1));
        send(round(1), new SubmitOutcome.Stale(new UpstreamMessage("stale", "-1")));

        polls.polled(forwarder.active(), pace, new MiningInfoOutcome.Fetched(round(1)), before);
        runAttempts();

        assertThat(upstream.submitted()).hasSize(1);
    }

    @Test
    void pollAskedAfterAStaleAnswer_sendsTheNonceAgain() {
        answered(round(1));
        send(round(1), new SubmitOutcome.Stale(new UpstreamMessage("stale", "-1")));
        scheduler.advance(Duration.ofSeconds(1));

        answered(round(1));
        runAttempts();

        assertThat(upstream.submitted()).hasSize(2);
    }

    @Test
    void pollThatBringsAnotherRound_doesNotSendTheStaleNonceOfTheLastOneAgain() {
        answered(round(1));
        send(round(1), new SubmitOutcome.Stale(new UpstreamMessage("stale", "-1")));
        scheduler.advance(Duration.ofSeconds(1));

        answered(round(2));
        runAttempts();

        assertThat(upstream.submitted()).hasSize(1);
    }
}
