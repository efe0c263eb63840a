package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** The whole core in real time, between a fake upstream and a store in memory. */
class AggregatorTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final FakeUpstream upstream = new FakeUpstream();
    private final CountedFates fates = new CountedFates();
    private final KeptStore store = new KeptStore();
    private Aggregator aggregator = build(SubmissionMode.POOL);

    @AfterEach
    void stop() {
        aggregator.close();
    }

    @Test
    void tenLines_embedIt() {
        upstream.announce(ROUND);
        aggregator.start();

        assertThat(aggregator.miningInfo(MINER)).isEqualTo(ROUND);
        assertThat(aggregator.submit(nonce(ROUND, 1, 1, 116_088_358_196L), MINER))
                .isInstanceOf(SubmissionReceipt.class);
        await(() -> upstream.submitted().size() == 1);
    }

    @Test
    void filterWithALimit_answersWhatIsAboveIt_butDoesNotSendIt() {
        aggregator.close();
        aggregator = Aggregator.builder()
                .upstream(upstream)
                .listener(fates)
                .filter(new BelowLimit(1_000))
                .build();
        upstream.announce(ROUND);
        aggregator.start();
        aggregator.miningInfo(MINER);

        assertThat(aggregator.submit(nonce(ROUND, 1, 1, 1_000), MINER)).isInstanceOf(SubmissionReceipt.class);
        assertThat(aggregator.submit(nonce(ROUND, 1, 2, 999), MINER)).isInstanceOf(SubmissionReceipt.class);

        await(() -> fates.count(Fate.CONFIRMED) == 1);
        assertThat(upstream.submitted()).containsExactly(nonce(ROUND, 1, 2, 999));
        assertThat(fates.count(Fate.FILTERED)).isEqualTo(1);
        assertThat(fates.received()).isEqualTo(2);
    }

    private record BelowLimit(long limit) implements SubmissionFilter {
        @Override
        public String keyOf(NonceSubmission submission) {
            return submission.accountId();
        }

        @Override
        public boolean accepts(NonceSubmission submission) {
            return Long.compareUnsigned(submission.rawQuality(), limit) < 0;
        }
    }

    @Test
    void upstreamDownAtStart_isSaidAndRecovers() {
        aggregator.start();
        assertThat(aggregator.miningInfo(MINER)).isInstanceOf(MiningInfoUnavailable.class);
        assertThat(aggregator.readiness().upstreamProblem()).contains("connection refused");

        upstream.announce(ROUND);

        await(() -> aggregator.readiness().ready());
        assertThat(aggregator.miningInfo(MINER)).isEqualTo(ROUND);
    }

    @Test
    void unknownHash_isLookedUpFirst_soThatAMinerMayKnowSooner() {
        upstream.announce(ROUND);
        aggregator.start();
        aggregator.miningInfo(MINER);
        upstream.announce(round(101));

        assertThat(aggregator.submit(nonce(round(101), 1, 1, 5), MINER)).isInstanceOf(SubmissionReceipt.class);
    }

    @Test
    void unknownHash_thatTheUpstreamDoesNotKnow_isRefused() {
        upstream.announce(ROUND);
        aggregator.start();

        assertThat(aggregator.submit(nonce(round(55), 1, 1, 5), MINER))
                .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.UNKNOWN_ROUND));
        assertThat(fates.count(Fate.REFUSED)).isEqualTo(1);
    }

    @Test
    void unknownHash_whileTheUpstreamIsAway_isNotAnswered() {
        upstream.announce(ROUND);
        aggregator.start();
        aggregator.miningInfo(MINER);
        upstream.fail(UpstreamTrouble.unreachable("connection refused"));

        assertThat(aggregator.submit(nonce(round(55), 1, 1, 5), MINER)).isInstanceOf(NoAnswer.class);
    }

    @Test
    void mismatch_isRefused() {
        upstream.announce(ROUND);
        aggregator.start();
        aggregator.miningInfo(MINER);
        NonceSubmission wrong = NonceSubmission.builder()
                .round(ROUND)
                .height(7)
                .accountId(account(1))
                .seed(hash(1))
                .nonce(1)
                .compression(1)
                .rawQuality(1)
                .build();

        assertThat(aggregator.submit(wrong, MINER))
                .isEqualTo(new SubmissionRefusal(SubmissionRefusal.Reason.WRONG_HEIGHT, 100, 7));
    }

    @Test
    void walletMode_sendsTheBestOverall_andAgainAfterAPollWhenItFailed() {
        aggregator.close();
        aggregator = build(SubmissionMode.WALLET);
        upstream.announce(ROUND);
        upstream.judge(
                submission -> UpstreamTrouble.busy("-28"));
        aggregator.start();
        aggregator.miningInfo(MINER);
        aggregator.submit(nonce(ROUND, 1, 1, 300), MINER);
        aggregator.submit(nonce(ROUND, 2, 2, 200), MINER);
        aggregator.submit(nonce(ROUND, 3, 3, 900), MINER);
        upstream.judge(submission -> new SubmitOutcome.Accepted(submission.rawQuality()));

        // the first one may still be on its way when the upstream accepts again
        await(() -> fates.count(Fate.CONFIRMED) > 0 && fates.count(Fate.PENDING) == 0);
        assertThat(upstream.submitted()).anyMatch(submission -> submission.rawQuality() == 200);
        assertThat(upstream.submitted()).noneMatch(submission -> submission.rawQuality() == 900);
    }

    @Test
    void restart_forwardsWhatWasPending_andKnowsWhatWasConfirmed() {
        upstream.announce(ROUND);
        upstream.judge(submission -> submission.rawQuality() == 500
                ? new SubmitOutcome.Accepted(500)
                : UpstreamTrouble.unreachable("connection refused"));
        aggregator.start();
        aggregator.miningInfo(MINER);
        aggregator.submit(nonce(ROUND, 1, 1, 500), MINER);
        await(() -> fates.count(Fate.CONFIRMED) == 1);
        aggregator.submit(nonce(ROUND, 1, 2, 300), MINER);
        aggregator.close();
        int sent = upstream.submitted().size();
        upstream.judge(submission -> new SubmitOutcome.Accepted(submission.rawQuality()));

        aggregator = build(SubmissionMode.POOL);
        aggregator.start();
        await(() -> upstream.submitted().size() == sent + 1);
        aggregator.submit(nonce(ROUND, 1, 3, 400), MINER);

        assertThat(upstream.submitted().getLast().rawQuality()).isEqualTo(300);
    }

    @Test
    void storeThatFails_theReceiptWaitsForTheVerdict() {
        upstream.announce(ROUND);
        CountDownLatch verdict = new CountDownLatch(1);
        upstream.judge(submission -> {
            awaitLatch(verdict);
            return new SubmitOutcome.Accepted(submission.rawQuality());
        });
        store.full = true;
        aggregator.start();
        aggregator.miningInfo(MINER);
        CompletableFuture<Object> answer = CompletableFuture.supplyAsync(
                () -> aggregator.submit(nonce(ROUND, 1, 1, 5), MINER));
        await(() -> upstream.submitted().size() == 1);
        assertThat(answer).isNotDone();
        assertThat(aggregator.readiness().storeProblem()).contains("disk full");

        verdict.countDown();

        assertThat(answer).succeedsWithin(Duration.ofSeconds(60)).isInstanceOf(SubmissionReceipt.class);
    }

    @Test
    void storeThatFails_withoutAVerdict_isNotAnswered_andHeals() {
        upstream.announce(ROUND);
        upstream.judge(submission -> UpstreamTrouble.unreachable("connection refused"));
        store.full = true;
        aggregator.start();
        aggregator.miningInfo(MINER);
        NonceSubmission submission = nonce(ROUND, 1, 1, 5);
        assertThat(aggregator.submit(submission, MINER)).isInstanceOf(NoAnswer.class);

        store.full = false;

        assertThat(aggregator.submit(submission, MINER)).isInstanceOf(SubmissionReceipt.class);
        await(() -> aggregator.readiness().storeProblem().isEmpty());
        assertThat(fates.received()).isEqualTo(1);
    }

    @Test
    void hangingAccounts_delayNoOther() {
        upstream.announce(ROUND);
        CountDownLatch forever = new CountDownLatch(1);
        upstream.judge(submission -> {
            if (submission.accountId().compareTo(account(1_000)) >= 0) {
                return FakeUpstream.hang(forever);
            }
            return new SubmitOutcome.Accepted(submission.rawQuality());
        });
        aggregator.start();
        aggregator.miningInfo(MINER);
        aggregator.submit(nonce(ROUND, 1, 1, 500), MINER);
        await(() -> fates.count(Fate.CONFIRMED) == 1);
        for (int i = 0; i < 100; i++) {
            aggregator.submit(nonce(ROUND, 1_000 + i, 1, 500), MINER);
        }

        aggregator.submit(nonce(ROUND, 1, 2, 400), MINER);

        await(() -> fates.count(Fate.CONFIRMED) == 2);
        forever.countDown();
    }

    @Test
    void hangingSlots_areFreed_forAccountsNeverSeen() {
        upstream.announce(ROUND);
        CountDownLatch forever = new CountDownLatch(1);
        upstream.judge(submission -> submission.accountId().equals(account(7))
                ? new SubmitOutcome.Accepted(submission.rawQuality())
                : FakeUpstream.hang(forever));
        aggregator.start();
        aggregator.miningInfo(MINER);
        for (int i = 0; i < 24; i++) {
            aggregator.submit(nonce(ROUND, 1_000 + i, 1, 500), MINER);
        }

        aggregator.submit(nonce(ROUND, 7, 2, 400), MINER);

        await(() -> fates.count(Fate.CONFIRMED) == 1);
        forever.countDown();
    }

    private Aggregator build(SubmissionMode mode) {
        return Aggregator.builder()
                .upstream(upstream)
                .mode(mode)
                .store(store)
                .pollInterval(Duration.ofMillis(100))
                .listener(fates)
                .build();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        Await.until("the aggregator does it", condition);
    }

    /** A store that outlives its aggregator, as a file does, on a disk that can be full. */
    private static final class KeptStore implements SubmissionStore {
        private final SubmissionStore kept = SubmissionStore.inMemory();
        private volatile boolean full;

        @Override
        public StoredFarm load(Instant now) {
            return kept.load(now);
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            return full ? CompletableFuture.failedFuture(new StoreException("disk full")) : kept.write(change);
        }

        @Override
        public void close() {}
    }
}
