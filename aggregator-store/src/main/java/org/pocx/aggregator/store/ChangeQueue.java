package org.pocx.aggregator.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The changes on their way to the writer's thread, in the order in which they came. Bounded: when the disk falls that
 * far behind, a change is refused at once instead of filling the memory.
 *
 * <p>Thread-safe; its lock guards everything, and is held for moments only.
 */
final class ChangeQueue {
    /** Some 8 MB of nonces: seconds of the highest load. */
    static final int CAPACITY = 16_384;

    /** What became of an offer. */
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

    /** Takes all that wait; waits itself for the first one that long at most, and not at all once it is closed. */
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

    /** Refuses what comes from now on. Idempotent. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and nothing waits: then nothing ever will. */
    boolean isDrained() {
        lock.lock();
        try {
            return closed && waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
