package org.pocx.aggregator.dashboard.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Alerts on their way to the sender. Bounded: those beyond {@value #CAPACITY} are only counted.
 *
 * <p>Thread-safe; its lock guards everything, and is held for moments only.
 */
final class AlertQueue {
    static final int CAPACITY = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Alert> waiting = new ArrayList<>();
    private Map<Alert.Kind, Long> counts = new EnumMap<>(Alert.Kind.class);
    private boolean closed;

    /**
     * What waited.
     *
     * @param alerts the first of them, in their order
     * @param counts all of them, by kind
     */
    record Batch(List<Alert> alerts, Map<Alert.Kind, Long> counts) {
        long size() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Takes an alert; after {@link #close} none. Never waits. */
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

    /** Waits until there is an alert; returns false when there is none and never will be. */
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

    /** Waits that long; returns sooner when the queue is closed. */
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

    /** All that waits. */
    Batch drain() {
        lock.lock();
        try {
            Batch batch = new Batch(waiting, counts);
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
