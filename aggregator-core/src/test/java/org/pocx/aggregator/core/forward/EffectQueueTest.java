package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Await;

class EffectQueueTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void effects_arePerformedInTheirOrder() {
        EffectQueue<String> queue = new EffectQueue<>(done::add);
        queue.add(List.of("a", "b"));
        queue.add(List.of("c"));

        queue.perform();

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void failure_preventsNoOtherEffect() {
        EffectQueue<String> queue = new EffectQueue<>(effect -> {
            if (effect.equals("fails")) {
                throw new IllegalStateException("expected");
            }
            done.add(effect);
        });
        queue.add(List.of("fails", "b"));

        queue.perform();

        assertThat(done).containsExactly("b");
    }

    @Test
    void effectThatAddsAnother_hasItPerformedBeforeItReturns() {
        List<EffectQueue<String>> self = new ArrayList<>();
        self.add(new EffectQueue<>(effect -> {
            if (effect.equals("a")) {
                self.getFirst().add(List.of("of a"));
                self.getFirst().perform();
            }
            done.add(effect);
        }));
        self.getFirst().add(List.of("a"));

        self.getFirst().perform();

        assertThat(done).containsExactly("of a", "a");
    }

    @Test
    void twoQueuesWhoseEffectsCallEachOther_doNotWaitForEachOther() throws Exception {
        CountDownLatch bothBusy = new CountDownLatch(2);
        List<EffectQueue<String>> queues = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int other = 1 - i;
            queues.add(new EffectQueue<>(effect -> {
                if (effect.equals("cross")) {
                    bothBusy.countDown();
                    awaitUninterrupted(bothBusy);
                    queues.get(other).add(List.of("from " + (1 - other)));
                    queues.get(other).perform();
                }
                done.add(effect);
            }));
        }
        List<Thread> threads = queues.stream()
                .map(queue -> Thread.ofVirtual().start(() -> {
                    queue.add(List.of("cross"));
                    queue.perform();
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(done).containsExactlyInAnyOrder("cross", "cross", "from 0", "from 1");
    }

    @Test
    void effectsOfTwoThreads_arePerformedOneAtATime_andBothHaveTheirsPerformedOnReturn() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayGo = new CountDownLatch(1);
        EffectQueue<String> queue = new EffectQueue<>(effect -> {
            if (effect.equals("slow")) {
                entered.countDown();
                awaitUninterrupted(mayGo);
            }
            done.add(effect);
        });
        queue.add(List.of("slow"));
        Thread first = Thread.ofVirtual().start(queue::perform);
        entered.await();
        queue.add(List.of("quick"));
        Thread second = Thread.ofPlatform().start(queue::perform);
        Await.until("the second waits", () -> second.getState() == Thread.State.WAITING);
        assertThat(done).isEmpty();

        mayGo.countDown();
        first.join();
        second.join();

        assertThat(done).containsExactly("slow", "quick");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
