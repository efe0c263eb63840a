package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.outbox.StoreWriter;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.round.RecentRounds;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** When the miner of a runner-up gets its receipt, on a store whose disk is slow. */
class RunnerUpReceiptTest {
    private static final MiningInfo ROUND = round(100);

    private final SlowStore store = new SlowStore();
    private final FakeUpstream upstream = new FakeUpstream();
    private final Deque<Runnable> attempts = new ArrayDeque<>();
    private final RecentRounds rounds = new RecentRounds();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final Forwarder forwarder = new Forwarder(
            new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO),
            SubmissionFilter.bestPerAccount(),
            upstream,
            new StoreWriter(store, scheduler, event -> {}),
            event -> {},
            scheduler,
            new SettableClock(Instant.parse("2026-03-01T12:00:00Z")),
            attempts::add,
            new Random(1),
            () -> {});

    @BeforeEach
    void mining() {
        forwarder.announced(rounds.announce(ROUND));
    }

    @Test
    void behindOneThatIsNotDurableYet_waitsToBeDurable() {
        Candidate best = offer(1, 100);
        Candidate runnerUp = offer(2, 200);
        assertThat(runnerUp.receipt()).isNotDone();

        store.catchUp();

        assertThat(best.receipt()).isDone();
        assertThat(runnerUp.receipt()).isDone();
    }

    @Test
    void behindOneThatIsDurable_waitsForNothing() {
        offer(1, 100);
        store.catchUp();

        assertThat(offer(2, 200).receipt()).isDone();
    }

    @Test
    void behindOneWithAReceiptThatIsNotDurable_waitsToBeDurable() {
        upstream.judge(nonce -> new SubmitOutcome.Stale(UpstreamMessage.of("Block hash mismatch")));
        store.full = true;
        Candidate best = offer(1, 100);
        forwarder.announced(rounds.announce(round(101)));
        forwarder.upstreamAnswered(scheduler.nanoTime());
        attempts.remove().run();
        assertThat(best.receipt()).isDone(); // its round is over, and the disk was full
        forwarder.announced(rounds.announce(ROUND));

        Candidate runnerUp = offer(2, 200);
        assertThat(runnerUp.receipt()).isNotDone();

        store.full = false;
        scheduler.advance(Duration.ofSeconds(1));
        store.catchUp();
        assertThat(runnerUp.receipt()).isDone();
    }

    @Test
    void worseThanWhatIsConfirmed_waitsForNothing() {
        offer(1, 100);
        upstreamAnswers();

        assertThat(offer(2, 200).receipt()).isDone();
    }

    @Test
    void behindOneThatIsConfirmed_isAnswered_howeverSlowTheDisk() {
        offer(1, 100);
        Candidate runnerUp = offer(2, 200);

        upstreamAnswers();

        assertThat(runnerUp.receipt()).isDone();
    }

    @Test
    void behindOneThatIsRejected_waitsForItsOwnVerdict() {
        upstream.judge(nonce -> nonce.nonce() == 1
                ? new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true)
                : new SubmitOutcome.Accepted(nonce.rawQuality()));
        offer(1, 100);
        Candidate runnerUp = offer(2, 200);
        forwarder.upstreamAnswered(scheduler.nanoTime());
        attempts.remove().run();
        assertThat(runnerUp.receipt()).isNotDone();

        attempts.remove().run();

        assertThat(runnerUp.receipt()).isDone();
    }

    @Test
    void suspectWithABetterClaim_waitsToBeDurable() {
        upstream.judge(nonce -> new SubmitOutcome.Rejected(new UpstreamMessage("PoCX validation failed", "-26"), true));
        for (int i = 1; i <= 3; i++) {
            offer(i, i);
            upstreamAnswers();
        }
        forwarder.offer(nonce(ROUND, 1, 4, 500), new MinerId("honest"));
        store.catchUp();

        Candidate suspected = offer(5, 400);

        assertThat(suspected.receipt()).isNotDone();
    }

    private Candidate offer(long nonce, long rawQuality) {
        Candidate candidate = forwarder.offer(nonce(ROUND, 1, nonce, rawQuality), new MinerId("m"));
        assertThat(candidate).isNotNull();
        return candidate;
    }

    private void upstreamAnswers() {
        forwarder.upstreamAnswered(scheduler.nanoTime());
        for (Runnable attempt = attempts.poll(); attempt != null; attempt = attempts.poll()) {
            attempt.run();
        }
    }

    /** Writes when it is told to, unless it is full. */
    private static final class SlowStore implements SubmissionStore {
        private final SubmissionStore disk = SubmissionStore.inMemory();
        private final Deque<Runnable> writes = new ArrayDeque<>();
        private boolean full;

        void catchUp() {
            for (Runnable write = writes.poll(); write != null; write = writes.poll()) {
                write.run();
            }
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            if (full) {
                return CompletableFuture.failedFuture(new StoreException("disk full"));
            }
            CompletableFuture<Void> durable = new CompletableFuture<>();
            writes.add(() -> durable.complete(disk.write(change).join()));
            return durable;
        }

        @Override
        public StoredFarm load(Instant now) {
            return disk.load(now);
        }

        @Override
        public void close() {}
    }

}
