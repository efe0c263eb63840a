package org.pocx.aggregator.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.time.Scheduler;

/** What every {@link Scheduler} must do: extend it beside each one. */
@Timeout(60)
public abstract class SchedulerContract {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATER = Duration.ofMillis(60);

    /** Time enough to cancel a task before it begins, on a machine that is busy. */
    private static final Duration IN_GOOD_TIME = Duration.ofMillis(700);

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
        Scheduler.Task task = schedule(IN_GOOD_TIME, "cancelled");
        task.cancel();
        task.cancel();
        schedule(IN_GOOD_TIME.plus(LATER), "later");
        awaitRun("later");

        assertThat(ran).containsExactly("later");
        task.cancel();
    }

    @Test
    void taskThatSchedulesAnother_isObeyed() {
        scheduler.schedule(SOON, () -> schedule(SOON, "second"));

        awaitRun("second");
    }

    @Test
    void closedScheduler_dropsWhatWaits() {
        AtomicBoolean dropped = new AtomicBoolean(true);
        scheduler.schedule(IN_GOOD_TIME, () -> dropped.set(false));
        scheduler.close();
        scheduler.close();

        long end = scheduler.nanoTime() + IN_GOOD_TIME.plus(LATER).toNanos();
        Await.until("time passes", () -> {
            tick(scheduler);
            return scheduler.nanoTime() - end > 0;
        });
        assertThat(dropped).isTrue();
    }
}
