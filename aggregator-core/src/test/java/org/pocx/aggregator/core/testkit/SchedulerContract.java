package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.time.Scheduler;

/** What every {@link Scheduler} must do: extend it beside each one. */
@Timeout(180)
public abstract class SchedulerContract {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATER = Duration.ofMillis(60);

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private Scheduler scheduler;

    /** Opens yours. */
    protected abstract Scheduler open();

    /** Lets a millisecond pass where that does not happen by itself. */
    protected abstract void tick(Scheduler scheduler);

    @BeforeEach
    void openScheduler() {
        scheduler = open();
    }

    @AfterEach
    void closeScheduler() {
        scheduler.close();
    }

    private void awaitRun(String name) {
        Await.until(name + " runs", () -> {
            tick(scheduler);
            return ran.contains(name);
        });
    }

    private Scheduler.Task schedule(Duration delay, String name) {
        return scheduler.schedule(delay, () -> ran.add(name));
    }

    @Test
    void task_runsOnceAndNotBeforeItsDelay() {
        AtomicLong at = new AtomicLong();
        long begun = scheduler.nanoTime();
        scheduler.schedule(SOON, () -> {
            at.set(scheduler.nanoTime());
            ran.add("task");
        });
        schedule(LATER, "later");
        awaitRun("later");

        assertThat(at.get() - begun).isGreaterThanOrEqualTo(SOON.toNanos());
        assertThat(ran).containsExactly("task", "later");
    }

    @Test
    void delaysThatArePast_runAsSoonAsPossible() {
        schedule(Duration.ofSeconds(-1), "past");
        schedule(Duration.ZERO, "now");

        awaitRun("now");
        awaitRun("past");
    }

    @Test
    void cancelledTask_doesNotRun() {
        Duration delay = beforeItBegins(SOON, time -> {
            Scheduler.Task task = schedule(time, "cancelled after " + time);
            task.cancel();
            task.cancel();
        });
        schedule(delay.plus(LATER), "later");
        awaitRun("later");

        assertThat(ran).contains("later").doesNotContain("cancelled after " + delay);
    }

    /** Does it with longer and longer delays, until one was not yet over afterwards however busy the machine is. */
    private Duration beforeItBegins(Duration first, Consumer<Duration> scheduleAndDrop) {
        Duration delay = first;
        while (true) {
            long begun = System.nanoTime();
            scheduleAndDrop.accept(delay);
            if (System.nanoTime() - begun < delay.toNanos()) {
                return delay;
            }
            delay = delay.multipliedBy(2);
        }
    }

    @Test
    void taskThatSchedulesAnother_isObeyed() {
        scheduler.schedule(SOON, () -> schedule(SOON, "second"));

        awaitRun("second");
    }

    @Test
    void closedScheduler_dropsWhatWaits() {
        Duration delay = beforeItBegins(SOON, time -> {
            scheduler.close();
            scheduler = open();
            schedule(time, "dropped after " + time);
            scheduler.close();
            scheduler.close();
        });

        long end = scheduler.nanoTime() + delay.plus(LATER).toNanos();
        Await.until("time passes", () -> {
            tick(scheduler);
            return scheduler.nanoTime() - end > 0;
        });
        assertThat(ran).doesNotContain("dropped after " + delay);
    }
}
