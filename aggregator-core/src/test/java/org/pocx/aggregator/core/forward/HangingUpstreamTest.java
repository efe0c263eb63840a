package org.pocx.aggregator.core.forward;

import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Who gets a slot while attempts hang: with real threads, as only they can hang. */
class HangingUpstreamTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final CountedFates fates = new CountedFates();
    private final FakeUpstream upstream = new FakeUpstream();
    private final CountDownLatch forever = new CountDownLatch(1);
    private final List<Aggregator> running = new ArrayList<>();

    @AfterEach
    void stop() {
        forever.countDown();
        running.forEach(Aggregator::close);
    }

    @Test
    void newRound_doesNotWaitForTheHangingNoncesOfTheOld() {
        Aggregator aggregator = start(SubmissionMode.WALLET, 4);
        hang(submission -> submission.height() == 100);
        aggregator.submit(nonce(ROUND, 1, 1, 500), MINER);
        Await.until("the first hangs", () -> upstream.submitted().size() == 1);
        aggregator.submit(nonce(ROUND, 1, 2, 400), MINER);
        Await.until("a better one hangs beside it", () -> upstream.submitted().size() == 2);
        upstream.announce(round(101));

        aggregator.submit(nonce(round(101), 1, 9, 900), MINER);

        Await.until("the new round's nonce is confirmed", () -> confirmed() == 1);
    }

    @Test
    void oneSlot_isNotHeldByOneThatHangs() {
        Aggregator aggregator = start(SubmissionMode.POOL, 1);
        hang(submission -> submission.rawQuality() == 500);
        aggregator.submit(nonce(ROUND, 1, 1, 500), MINER);
        Await.until("it hangs", () -> upstream.submitted().size() == 1);

        aggregator.submit(nonce(ROUND, 1, 2, 400), MINER);
        aggregator.submit(nonce(ROUND, 2, 3, 900), MINER);

        Await.until("a better one and another account are confirmed", () -> confirmed() == 2);
    }

    @Test
    void twoSlots_areNotBothHeldByThoseThatHang() {
        Aggregator aggregator = start(SubmissionMode.POOL, 2);
        hang(submission -> submission.rawQuality() == 500);
        for (int i = 0; i < 3; i++) {
            aggregator.submit(nonce(ROUND, i, 1, 500), MINER);
        }
        Await.until("all have been tried", () -> upstream.submitted().size() >= 3);

        aggregator.submit(nonce(ROUND, 9, 3, 900), MINER);

        Await.until("another account is confirmed", () -> confirmed() == 1);
    }

    @Test
    void moreThatHangThanSlots_leaveSlotsToNewAccounts() {
        Aggregator aggregator = start(SubmissionMode.POOL, 32);
        hang(submission -> submission.rawQuality() == 500);
        for (int i = 0; i < 100; i++) {
            aggregator.submit(nonce(ROUND, i, 1, 500), MINER);
        }

        aggregator.submit(nonce(ROUND, 1_000, 1, 400), MINER);

        Await.until("it is confirmed", () -> confirmed() == 1);
    }

    private Aggregator start(SubmissionMode mode, int maxInFlight) {
        upstream.announce(ROUND);
        Aggregator aggregator = Aggregator.builder()
                .upstream(upstream)
                .mode(mode)
                .maxInFlight(maxInFlight)
                .pollInterval(Duration.ofMillis(100))
                .listener(fates)
                .build();
        running.add(aggregator);
        aggregator.start();
        aggregator.miningInfo(MINER);
        return aggregator;
    }

    private void hang(Predicate<NonceSubmission> which) {
        upstream.judge(submission -> which.test(submission)
                ? hangUntilInterrupted()
                : new SubmitOutcome.Accepted(submission.rawQuality()));
    }

    private SubmitOutcome hangUntilInterrupted() {
        try {
            forever.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return UpstreamTrouble.unreachable("interrupted");
    }

    private long confirmed() {
        return fates.count(Fate.CONFIRMED);
    }
}
