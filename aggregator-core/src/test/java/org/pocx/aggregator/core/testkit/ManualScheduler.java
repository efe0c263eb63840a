package org.pocx.aggregator.core.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.Scheduler;

/** A scheduler whose time passes when a test says so, on the test's thread. Thread-safe. */
public final class ManualScheduler implements Scheduler {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::due).thenComparingLong(Entry::sequence));
    private long now = Long.MAX_VALUE - Duration.ofDays(1).toNanos(); // so that it overflows in a long test
    private long sequence;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Task schedule(Duration delay, Runnable task) {
        long due = elapsed + Math.max(0, delay.toNanos());
        Entry entry = new Entry(due, sequence++, task);
        entries.add(entry);
        return () -> remove(entry);
    }

    private long elapsed;

    private synchronized void remove(Entry entry) {
        entries.remove(entry);
    }

    /** Lets time pass, and runs what is due meanwhile, each at its time. */
    public void advance(Duration time) {
        long target;
        synchronized (this) {
            target = elapsed + time.toNanos();
        }
        for (Entry next = takeDue(target); next != null; next = takeDue(target)) {
            next.task.run();
        }
        synchronized (this) {
            now += target - elapsed;
            elapsed = target;
        }
    }

    private synchronized @Nullable Entry takeDue(long target) {
        Entry next = entries.peek();
        if (next == null || next.due > target) {
            return null;
        }
        entries.remove(next);
        long due = Math.max(elapsed, next.due);
        now += due - elapsed;
        elapsed = due;
        return next;
    }

    /** How many tasks wait for their time. */
    public synchronized int waiting() {
        return entries.size();
    }

    @Override
    public synchronized void close() {
        entries.clear();
    }

    private record Entry(long due, long sequence, Runnable task) {}
}
