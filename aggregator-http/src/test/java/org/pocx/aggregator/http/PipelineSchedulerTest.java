package org.pocx.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PipelineSchedulerTest {
    private final PipelineScheduler turns = new PipelineScheduler();
    private final List<Thread> peers = new ArrayList<>();

    @BeforeEach
    void start() {
        turns.start();
    }

    @AfterEach
    void end() throws InterruptedException {
        turns.close();
        for (Thread peer : peers) {
            peer.join();
        }
    }

    private void peer(Runnable work) {
        peers.add(Thread.ofVirtual().start(work));
    }

    @Test
    void turn_isWorthSomeRequests() {
        PipelineScheduler.TimeSlice turn = turns.newSlice();
        for (int i = 0; i < 3 * PipelineScheduler.REQUESTS; i++) {
            turn.use();
        }
        turn.end();
        turn.end();
    }

    @Test
    void manyConnections_getTurns() throws InterruptedException {
        int many = 20 * PipelineScheduler.AT_ONCE;
        CountDownLatch served = new CountDownLatch(many);
        for (int i = 0; i < many; i++) {
            peer(() -> {
                PipelineScheduler.TimeSlice turn = turns.newSlice();
                for (int request = 0; request < 2 * PipelineScheduler.REQUESTS; request++) {
                    turn.use();
                }
                turn.end();
                served.countDown();
            });
        }
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void turnsThatDoNotEnd_areNotWaitedFor() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger stuck = new AtomicInteger();
        for (int i = 0; i < 3 * PipelineScheduler.AT_ONCE; i++) {
            peer(() -> {
                turns.newSlice().use();
                stuck.incrementAndGet();
                await(release);
            });
        }
        Eventually.holds("they hang in their turns", () -> stuck.get() == 3 * PipelineScheduler.AT_ONCE);
        CountDownLatch served = new CountDownLatch(1);
        peer(() -> {
            turns.newSlice().use();
            served.countDown();
        });
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void noMoreThanSome_haveATurnAtOnce() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        int many = 10 * PipelineScheduler.AT_ONCE;
        for (int i = 0; i < many; i++) {
            peer(() -> {
                PipelineScheduler.TimeSlice turn = turns.newSlice();
                turn.use();
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
                turn.end();
                served.incrementAndGet();
            });
        }
        Eventually.holds("all had theirs", () -> served.get() == many);
        assertThat(most.get()).isLessThanOrEqualTo(PipelineScheduler.AT_ONCE);
    }

    @Test
    void closed_letsEverybodyGoOn() {
        turns.close();
        turns.close();
        turns.newSlice().use();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
