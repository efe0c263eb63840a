package org.pocx.aggregator.dashboard.live;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One open page: what it is still to be sent, and how long it takes for that. Thread-safe, by its lock; one thread
 * writes, that of the page's request.
 */
final class LiveClient {
    /** A page that is so far behind is cut: it comes back, and is told what it missed. */
    static final int MAX_WAITING = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private byte @Nullable [] summary;
    private boolean ended;
    private @Nullable Thread writer;
    private long writingSince;

    /** An event for it; one that is too slow for them is cut. */
    void offerEvent(byte[] message) {
        locked(() -> {
            if (events.size() >= MAX_WAITING) {
                cut();
            } else {
                events.add(message);
            }
        });
    }

    /** The summary; one that still waits is of no use any more. */
    void offerSummary(byte[] message) {
        locked(() -> summary = message);
    }

    /** No more. Idempotent. */
    void end() {
        locked(() -> ended = true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock: the stream ends, even in the middle of a write, as the channel it goes to can be interrupted. */
    private void cut() {
        ended = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    /** Cuts it when one write has taken longer than that. */
    void cutIfStuck(long nanoTime, Duration limit) {
        locked(() -> {
            if (writer != null && nanoTime - writingSince > limit.toNanos()) {
                cut();
            }
        });
    }

    /** Sends what comes, until the client is to end. */
    void serve(OutputStream out) throws IOException {
        try {
            for (byte[] next = take(); next != null; next = take()) {
                begin();
                out.write(next);
                out.flush();
                done();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done();
        }
    }

    private void begin() {
        locked(() -> {
            writer = Thread.currentThread();
            writingSince = System.nanoTime();
        });
    }

    private void done() {
        locked(() -> writer = null);
    }

    /** The next message, events before the summary that follows from them; null when there will be none. */
    private byte @Nullable [] take() throws InterruptedException {
        lock.lock();
        try {
            while (!ended && events.isEmpty() && summary == null) {
                changed.await();
            }
            if (ended) {
                return null;
            }
            byte[] event = events.poll();
            if (event != null) {
                return event;
            }
            byte[] latest = summary;
            summary = null;
            return latest;
        } finally {
            lock.unlock();
        }
    }

    /** How many events it is behind. */
    int waiting() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }
}
