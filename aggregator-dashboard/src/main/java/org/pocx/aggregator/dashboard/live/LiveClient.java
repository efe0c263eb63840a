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
 * One open page: the messages that wait to be sent, and the time of the current write. Thread-safe; guarded by its
 * lock. One thread writes, that of the page's request.
 */
final class LiveClient {
    /** A page with more waiting events is disconnected. It reconnects and gets the missed events. */
    static final int MAX_WAITING = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> events = new ArrayDeque<>();
    private byte @Nullable [] summary;
    private boolean ended;
    private @Nullable Thread writer;
    private long writingSince;

    /** Adds an event; disconnects a client that is too slow. */
    void offerEvent(byte[] message) {
        locked(() -> {
            if (events.size() >= MAX_WAITING) {
                cut();
            } else {
                events.add(message);
            }
        });
    }

    /** Sets the summary; replaces one that was not sent yet. */
    void offerSummary(byte[] message) {
        locked(() -> summary = message);
    }

    /** Ends the stream. Idempotent. */
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

    /** Called under the lock. Ends the stream, even during a write, because the channel can be interrupted. */
    private void cut() {
        ended = true;
        if (writer != null) {
            writer.interrupt();
        }
    }

    /** Disconnects the client if the current write takes longer than the limit. */
    void cutIfStuck(long nanoTime, Duration limit) {
        locked(() -> {
            if (writer != null && nanoTime - writingSince > limit.toNanos()) {
                cut();
            }
        });
    }

    /** Sends messages until the stream ends. */
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

    /** The next message, events before the summary; null if the stream ends. */
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

    /** The number of waiting events. */
    int waiting() {
        lock.lock();
        try {
            return events.size();
        } finally {
            lock.unlock();
        }
    }
}
