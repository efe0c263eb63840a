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
 * PipelineScheduler of those who pipeline, who always have the next request at hand. Virtual threads are not pre-empted, and one that
 * wakes another puts it into the queue of its own processor, which that empties before it looks for threads that the
 * network has woken. So thousands of pipelining peers that hand on turns to each other keep everybody else out for seconds.
 *
 * <p>Here a platform thread hands out the turns, to some connections at once; when all of these have used theirs it rests
 * for a moment if many wait, in which the processors come to whatever else is there. A turn whose thread waits for something
 * else than a processor, such as a peer that does not read, is nobody's hindrance and is not waited for.
 *
 * <p>Thread-safe. As many wait as there are connections.
 */
final class PipelineScheduler implements AutoCloseable {
    static final int AT_ONCE = 8;

    /** What a turn is worth: so many requests. */
    static final int REQUESTS = 4;

    private static final Duration LOOK = Duration.ofMillis(5);

    /** Where requests run on platform threads, these do not show that they wait for the network. */
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

    /** The calling thread's part in it; for no other thread. */
    TimeSlice newSlice() {
        return new TimeSlice();
    }

    /** Lets everybody go on at once. Idempotent. */
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

        /** Whether it has been begun, has not ended, and wants a processor. */
        private boolean isBusy() {
            return used.getCount() > 0 && owner.getState() == Thread.State.RUNNABLE;
        }

        private void begin(CountDownLatch whenUsed) {
            used = whenUsed;
            begun.countDown();
        }

        /** Before a request that was sent ahead: waits for a turn unless there is something left of the last one. */
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
                Thread.currentThread().interrupt(); // the request that follows is the last one
            }
        }

        /** What is left of it is given up. Idempotent. */
        void end() {
            left = 0;
            used.countDown();
            used = new CountDownLatch(0);
        }
    }
}
