package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.store.InMemorySubmissionStore;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** One lane, with real threads where several are needed: nothing is called under its lock, and all in the order of its changes. */
@SuppressWarnings("FutureReturnValueIgnored") // no receipt is waited for
class LaneRunnerTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("m");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final FakeUpstream upstream = new FakeUpstream();
    private final List<Runnable> attempts = Collections.synchronizedList(new ArrayList<>());

    private Forwarder forwarder(AggregatorListener listener, RetryPolicy policy) {
        Forwarder forwarder = new Forwarder(
                new ForwardSettings(2, policy, Duration.ofMinutes(4)),
                SubmissionFilter.globalBest(),
                upstream,
                new StoreWriter(new InMemorySubmissionStore(), scheduler, event -> {}),
                listener,
                scheduler,
                new SettableClock(Instant.parse("2026-03-01T12:00:00Z")),
                attempts::add,
                new Random(1),
                () -> {});
        forwarder.announced(new RecentRounds().announce(ROUND));
        forwarder.upstreamAnswered(scheduler.nanoTime());
        return forwarder;
    }

    private void runAttempts() {
        while (!attempts.isEmpty()) {
            attempts.removeFirst().run();
        }
    }

    private static NonceSubmission better(int number) {
        return nonce(ROUND, 1, number, 1_000_000 - number);
    }

    @Test
    void manyThreads_eachNonceHasItsEventsInOrder_andOneReceivedEventBeforeItsReceipt() throws Exception {
        Map<NonceSubmission, Fate> fates = new ConcurrentHashMap<>();
        AtomicInteger received = new AtomicInteger();
        AtomicInteger outOfOrder = new AtomicInteger();
        Forwarder forwarder = forwarder(
                event -> {
                    if (event instanceof FateChanged changed) {
                        NonceSubmission nonce = changed.nonce().submission();
                        Fate before = fates.put(nonce, changed.after());
                        received.addAndGet(changed.isReceived() ? 1 : 0);
                        outOfOrder.addAndGet(before == changed.before() ? 0 : 1);
                    }
                },
                RetryPolicy.atNextPoll());
        AtomicInteger receiptsBeforeTheirEvent = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int first = t * 1_000;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 200; i++) {
                    NonceSubmission nonce = better(first + i);
                    var receipt = forwarder.submit(nonce, MINER);
                    if (receipt == null || (receipt.isDone() && !fates.containsKey(nonce))) {
                        receiptsBeforeTheirEvent.incrementAndGet();
                    }
                    Runnable attempt = poll();
                    if (attempt != null) {
                        attempt.run();
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        runAttempts();

        assertThat(outOfOrder).hasValue(0);
        assertThat(receiptsBeforeTheirEvent).hasValue(0);
        assertThat(received).hasValue(1_600);
        assertThat(fates.values()).doesNotContain(Fate.PENDING);
        assertThat(fates.get(better(7_199))).isEqualTo(Fate.CONFIRMED);
    }

    private Runnable poll() {
        synchronized (attempts) {
            return attempts.isEmpty() ? null : attempts.removeFirst();
        }
    }

    @Test
    void listenerThatThrows_costsNothing() {
        Forwarder forwarder = forwarder(
                event -> {
                    throw new IllegalStateException("expected");
                },
                RetryPolicy.atNextPoll());

        assertThat(forwarder.submit(better(1), MINER)).isCompleted();
        runAttempts();

        assertThat(upstream.submitted()).containsExactly(better(1));
    }

    @Test
    void listenerThatSubmits_hasAReceipt() {
        List<Forwarder> self = new ArrayList<>();
        AtomicBoolean once = new AtomicBoolean();
        AtomicBoolean hadReceipt = new AtomicBoolean();
        self.add(forwarder(
                event -> {
                    if (event instanceof FateChanged && once.compareAndSet(false, true)) {
                        var receipt = self.getFirst().submit(better(2), MINER);
                        hadReceipt.set(receipt != null && receipt.isDone());
                    }
                },
                RetryPolicy.atNextPoll()));

        assertThat(self.getFirst().submit(better(1), MINER)).isCompleted();
        runAttempts();

        assertThat(hadReceipt).isTrue();
        assertThat(upstream.submitted()).contains(better(2));
    }

    @Test
    void listenerThatIsSlow_doesNotHoldTheLaneItself() throws Exception {
        CountDownLatch published = new CountDownLatch(1);
        CountDownLatch mayGo = new CountDownLatch(1);
        Forwarder forwarder = forwarder(
                event -> {
                    if (event instanceof AggregatorEvent.FateChanged changed
                            && changed.nonce().submission().equals(better(1))) {
                        published.countDown();
                        awaitUninterrupted(mayGo);
                    }
                },
                RetryPolicy.atNextPoll());
        Thread slow = Thread.ofVirtual().start(() -> forwarder.submit(better(1), MINER));
        published.await();

        assertThat(forwarder.load().lanesHeld()).as("the lane can be asked").isZero();

        mayGo.countDown();
        slow.join();
    }

    @Test
    void retryPolicyThatFails_waitsForTheNextPoll() {
        upstream.judge(nonce -> UpstreamTrouble.unreachable("reset"));
        Forwarder forwarder = forwarder(event -> {}, (attempt, random) -> {
            throw new IllegalStateException("expected");
        });
        forwarder.submit(better(1), MINER);
        runAttempts();
        assertThat(forwarder.load().lanesHeld()).isEqualTo(1);

        forwarder.upstreamAnswered(scheduler.nanoTime());
        runAttempts();

        assertThat(upstream.submitted()).hasSize(2);
    }

    @Test
    void retryPolicy_isAskedWithTheNumberOfAttempts() {
        upstream.judge(nonce -> UpstreamTrouble.unreachable("reset"));
        List<Integer> asked = new ArrayList<>();
        Forwarder forwarder = forwarder(event -> {}, (attempt, random) -> {
            asked.add(attempt);
            return RetryPolicy.Retry.atNextPoll();
        });
        forwarder.submit(better(1), MINER);
        for (int poll = 0; poll < 3; poll++) {
            runAttempts();
            forwarder.upstreamAnswered(scheduler.nanoTime());
        }

        assertThat(asked).containsExactly(1, 2, 3);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
