package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.EmptyStore;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.RecordedEvents;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.Upstream;

/** Calls in the wrong order, and calls that are under way when the aggregator ends. */
class AggregatorLifecycleTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final FakeUpstream upstream = new FakeUpstream();
    private final IdleStore store = new IdleStore();
    private final RecordedEvents events = new RecordedEvents();
    private final Aggregator aggregator =
            Aggregator.builder().upstream(upstream).store(store).listener(events).build();

    @AfterEach
    void close() {
        aggregator.close();
    }

    private void startWithARound() {
        upstream.announce(ROUND);
        aggregator.start();
        assertThat(aggregator.miningInfo(MINER)).isEqualTo(ROUND);
    }

    private void bothCallsAreRefused(String... words) {
        assertThatIllegalStateException()
                .isThrownBy(() -> aggregator.submit(nonce(ROUND, 1, 1, 5), MINER))
                .withMessageContaining("cannot take a nonce")
                .withMessageContainingAll(words);
        assertThatIllegalStateException()
                .isThrownBy(() -> aggregator.miningInfo(MINER))
                .withMessageContaining("cannot answer get_mining_info")
                .withMessageContainingAll(words);
        assertThat(events.of(AggregatorEvent.MinerSeen.class)).isEmpty();
    }

    @Test
    void callBeforeStart_isRefusedAsSuch() {
        upstream.announce(ROUND);

        bothCallsAreRefused("not started", "call start()");
    }

    @Test
    void callAfterAFailedStart_isRefusedAsSuch() {
        store.unreadable = true;
        assertThatThrownBy(aggregator::start).isInstanceOf(StoreException.class);

        bothCallsAreRefused("start() failed", "build another");
        assertThatIllegalStateException().isThrownBy(aggregator::start).withMessageContaining("start() failed");
    }

    @Test
    void closeAfterAFailedStart_writesNothing() {
        store.unreadable = true;
        assertThatThrownBy(aggregator::start).isInstanceOf(StoreException.class);

        aggregator.close();

        assertThat(store.written).isEmpty();
        assertThat(store.closed).isTrue();
    }

    @Test
    void callAfterClose_isRefusedAsSuch() {
        upstream.announce(ROUND);
        aggregator.start();
        aggregator.close();

        bothCallsAreRefused("is closed", "build and start another one");
    }

    @Test
    void secondStart_isRefused() {
        aggregator.start();

        assertThatIllegalStateException().isThrownBy(aggregator::start).withMessageContaining("started once");
        upstream.announce(ROUND);
        Await.until("it still works", () -> aggregator.miningInfo(MINER).equals(ROUND));
    }

    @Test
    void startAfterClose_isRefused() {
        aggregator.close();

        assertThatIllegalStateException().isThrownBy(aggregator::start).withMessageContaining("is closed");
    }

    @Test
    void submitThatWaitsForTheStore_endsWithoutAnswerAtClose() {
        startWithARound();
        upstream.judge(submission -> FakeUpstream.hang(new CountDownLatch(1)));
        CompletableFuture<Object> answer = inVirtualThread(() -> aggregator.submit(nonce(ROUND, 1, 1, 5), MINER));
        Await.until("the nonce is sent", () -> upstream.submitted().size() == 1);

        aggregator.close();

        assertThat(answer.join()).isEqualTo(new NoAnswer("shutting down"));
    }

    @Test
    void submitThatWaitsForAPoll_endsWithoutAnswerAtClose() {
        HangingUpstream hanging = new HangingUpstream();
        Aggregator waiting = Aggregator.builder().upstream(hanging).build();
        waiting.start();
        CompletableFuture<Object> answer = inVirtualThread(() -> waiting.submit(nonce(ROUND, 1, 1, 5), MINER));
        Await.until("it is polled for the nonce", () -> hanging.polls.getCount() == 0);

        waiting.close();

        assertThat(answer.join()).isInstanceOf(NoAnswer.class);
    }

    @Test
    void miningInfoThatWaitsForTheFirstAnswer_isRefusedAtClose() {
        HangingUpstream hanging = new HangingUpstream();
        CountDownLatch seen = new CountDownLatch(1);
        Aggregator waiting = Aggregator.builder()
                .upstream(hanging)
                .listener(event -> {
                    if (event instanceof AggregatorEvent.MinerSeen) {
                        seen.countDown();
                    }
                })
                .build();
        waiting.start();
        CompletableFuture<Object> answer = inVirtualThread(() -> waiting.miningInfo(MINER));
        Await.until("a miner asks", () -> seen.getCount() == 0);

        waiting.close();

        assertThatThrownBy(answer::join).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void secondAggregatorOnAStore_isRefused_andLeavesTheFirstAlone() {
        Threads before = Threads.now();
        assertThatIllegalStateException()
                .isThrownBy(() -> Aggregator.builder()
                        .upstream(new FakeUpstream())
                        .store(store)
                        .build())
                .withMessageContaining("store belongs to another aggregator");

        before.awaitNoOthers();
        assertThat(store.closed).isFalse();
    }

    @Test
    void storeOfAClosedAggregator_canBeGivenToAnother() {
        aggregator.close();

        Aggregator.builder().upstream(upstream).store(store).build().close();
    }

    @Test
    void storesThatAreEqual_areNotTheSameStore() {
        try (Aggregator one = Aggregator.builder()
                .upstream(upstream)
                .store(new EqualStore("a"))
                .build();
                Aggregator other = Aggregator.builder()
                        .upstream(upstream)
                        .store(new EqualStore("a"))
                        .build()) {
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void aggregatorsOfOneBuilder_haveEachAStoreInMemory() {
        AggregatorBuilder builder = Aggregator.builder().upstream(upstream);
        upstream.announce(ROUND);
        RecordedEvents ofOther = new RecordedEvents();
        try (Aggregator one = builder.build();
                Aggregator other = builder.listener(ofOther).build()) {
            one.start();
            other.start();
            one.miningInfo(MINER);

            assertThat(one.submit(nonce(ROUND, 1, 1, 5), MINER)).isInstanceOf(SubmissionReceipt.class);
            assertThat(ofOther.of(AggregatorEvent.FateChanged.class)).isEmpty();
        }
    }

    private static CompletableFuture<Object> inVirtualThread(Supplier<Object> call) {
        return CompletableFuture.supplyAsync(call, task -> Thread.ofVirtual().start(task));
    }

    /** Takes everything and is never done with it; or cannot be read. */
    private static final class IdleStore implements EmptyStore {
        private final List<StoreChange> written = new CopyOnWriteArrayList<>();
        private volatile boolean unreadable;
        private volatile boolean closed;

        @Override
        public StoredFarm load(Instant now) {
            if (unreadable) {
                throw new StoreException("the file is damaged");
            }
            return StoredFarm.EMPTY;
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            written.add(change);
            return new CompletableFuture<>();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Equal to any other of the same name, as records are. */
    private record EqualStore(String name) implements EmptyStore {
        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            return new CompletableFuture<>();
        }
    }

    /** Answers no poll; counts down to the second one, which is for a nonce. */
    private static final class HangingUpstream implements Upstream {
        private final CountDownLatch polls = new CountDownLatch(2);

        @Override
        public MiningInfoOutcome fetchMiningInfo() {
            polls.countDown();
            return (MiningInfoOutcome) FakeUpstream.hang(new CountDownLatch(1));
        }

        @Override
        public SubmitOutcome submit(NonceSubmission submission) {
            return new SubmitOutcome.Accepted(0);
        }
    }
}
