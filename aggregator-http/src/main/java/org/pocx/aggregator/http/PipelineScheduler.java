package org.pocx.aggregator.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Schedules connections that pipeline requests and so always have a next request. Virtual threads are not preempted. A
 * virtual thread that unblocks another one puts it into the queue of its own carrier, which is emptied before threads
 * that became ready by network events. Without a scheduler, thousands of pipelining clients could therefore block all
 * others for seconds.
 *
 * <p>A platform thread grants turns to some connections at a time. When all of them have used their turns, it pauses
 * briefly if many wait, so that other threads can run. It does not wait for turns whose thread is blocked, for example
 * by a peer that does not read.
 *
 * <p>Thread-safe. At most as many wait as there are connections.
 */
final class PipelineScheduler implements AutoCloseable {
    static final int AT_ONCE = 8;

    /** The number of requests per turn. */
    static final int REQUESTS = 4;

    private static final Duration LOOK = Duration.ofMillis(5);

    /** Needed for platform threads, whose state does not show that they wait for the network. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private static final long REST_NANOS = Duration.ofMillis(1).toNanos();

    private final BlockingQueue<TimeSlice> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("http-turns").unstarted(this::handOut);
    private volatile boolean closed;

    void start() {
        thread.start();
    }

    private void handOut() {
        try {
            while (!closed) {
                List<TimeSlice> next = new ArrayList<>(AT_ONCE);
                next.add(waiting.take());
                waiting.drainTo(next, AT_ONCE - 1);
                CountDownLatch used = new CountDownLatch(next.size());
                next.forEach(turn -> turn.begin(used));
                awaitUse(next, used);
                if (next.size() == AT_ONCE) {
                    LockSupport.parkNanos(REST_NANOS);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitUse(List<TimeSlice> turns, CountDownLatch used) throws InterruptedException {
        for (Duration waited = Duration.ZERO; waited.compareTo(LONGEST) < 0; waited = waited.plus(LOOK)) {
            if (used.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) || turns.stream().noneMatch(TimeSlice::isBusy)) {
                return;
            }
        }
    }

    /** Creates the turns of the calling thread; not usable by other threads. */
    TimeSlice newSlice() {
        return new TimeSlice();
    }

    /** Lets all waiting threads continue. Idempotent. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        for (TimeSlice turn = waiting.poll(); turn != null; turn = waiting.poll()) {
            turn.begin(new CountDownLatch(1));
        }
    }

    /** See {@link PipelineScheduler#newSlice}. */
    final class TimeSlice {
        private volatile CountDownLatch used = new CountDownLatch(0);
        private volatile CountDownLatch begun = new CountDownLatch(0);
        private final Thread owner = Thread.currentThread();
        private int left;

        private TimeSlice() {}

        /** Whether the turn has begun, has not ended, and its thread can run. */
        private boolean isBusy() {
            return used.getCount() > 0 && owner.getState() == Thread.State.RUNNABLE;
        }

        private void begin(CountDownLatch whenUsed) {
            used = whenUsed;
            begun.countDown();
        }

        /** Called before a pipelined request: waits for a turn unless the last one is not used up. */
        void use() {
            if (left == 0) {
                end();
                await();
                left = REQUESTS;
            }
            left--;
        }

        private void await() {
            CountDownLatch ours = new CountDownLatch(1);
            begun = ours;
            waiting.add(this);
            if (closed && waiting.remove(this)) {
                return;
            }
            try {
                ours.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt(); // the next request is the last one
            }
        }

        /** Ends the turn. Idempotent. */
        void end() {
            left = 0;
            used.countDown();
            used = new CountDownLatch(0);
        }
    }
}
