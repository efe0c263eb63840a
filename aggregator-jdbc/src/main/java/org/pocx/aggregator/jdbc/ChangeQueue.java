package org.pocx.aggregator.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of changes for the writer thread, in the order of the calls. Bounded: if the disk is too slow, changes are
 * rejected at once instead of filling the memory.
 *
 * <p>Thread-safe; one lock guards all state and is held only briefly.
 */
final class ChangeQueue {
    /** About 8 MB of nonces: several seconds at the highest load. */
    static final int CAPACITY = 16_384;

    /** The result of an offer. */
    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<QueuedChange> waiting = new ArrayList<>();
    private boolean closed;

    /** Adds a change at the end. */
    Offer offer(QueuedChange change) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (waiting.size() >= CAPACITY) {
                return Offer.FULL;
            }
            waiting.add(change);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes and returns all waiting changes. Waits for the first one, at most for the given time, and not at all
     * after close.
     */
    List<QueuedChange> take(long timeoutNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = timeoutNanos;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (waiting.isEmpty()) {
                return List.of();
            }
            List<QueuedChange> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Rejects all further changes. Idempotent. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the queue is closed and empty. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
