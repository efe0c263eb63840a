package org.pocx.aggregator.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.SchedulerContract;

class SystemSchedulerTest extends SchedulerContract {
    @Override
    protected Scheduler open() {
        return new SystemScheduler("test-timer");
    }

    @Override
    protected void tick(Scheduler scheduler) {
        // Time passes by itself.
    }

    @Test
    void taskThatThrows_losesOnlyItself() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        try (Scheduler scheduler = open()) {
            scheduler.schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("meant to fail, by a test");
            });
            scheduler.schedule(Duration.ofMillis(1), next::countDown);

            assertThat(next.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void closedScheduler_takesNothingMoreAndDoesNotThrow() {
        Scheduler scheduler = open();
        scheduler.close();

        scheduler.schedule(Duration.ZERO, () -> {}).cancel();
    }
}
