package org.pocx.aggregator.dashboard.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of alerts for the sender. Bounded: alerts beyond {@value #CAPACITY} are only counted.
 *
 * <p>Thread-safe; one lock guards all state and is held only briefly.
 */
final class AlertQueue {
    static final int CAPACITY = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Alert> waiting = new ArrayList<>();
    private Map<Alert.Kind, Long> counts = new EnumMap<>(Alert.Kind.class);
    private boolean closed;

    /** Adds an alert; does nothing after {@link #close}. Never waits. */
    void offer(Alert alert) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            counts.merge(alert.kind(), 1L, Long::sum);
            if (waiting.size() < CAPACITY) {
                waiting.add(alert);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is an alert. Returns false if the queue is closed and empty. */
    boolean awaitOne() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the given time; returns earlier if the queue is closed. */
    void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Removes and returns all waiting alerts. */
    AlertBatch drain() {
        lock.lock();
        try {
            AlertBatch batch = new AlertBatch(waiting, counts);
            waiting = new ArrayList<>();
            counts = new EnumMap<>(Alert.Kind.class);
            return batch;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Idempotent. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
