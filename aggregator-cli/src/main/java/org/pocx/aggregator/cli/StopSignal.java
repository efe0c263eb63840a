package org.pocx.aggregator.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests the end of the program, on SIGTERM or SIGINT or by a call. A second signal ends the process at once.
 *
 * <p>Thread-safe.
 */
final class StopSignal {
    private static final int KILLED = 1;

    /** Some programs, such as timeout(1), signal the process and its group at the same time: this is one request. */
    private static final Duration SAME_SIGNAL = Duration.ofMillis(50);

    private final SignalSource signals;
    private final IntConsumer halt;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> firstSignal = new AtomicReference<>();

    /**
     * @param signals the source of the signals
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     * @param halt ends the process at once with a status
     */
    StopSignal(SignalSource signals, LongSupplier nanoTime, IntConsumer halt) {
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.halt = halt;
    }

    /** Makes signals request a clean end instead of killing the process. */
    void arm() {
        signals.handle("TERM", this::signal);
        signals.handle("INT", this::signal);
    }

    /** Undoes {@link #arm()}: for commands that may be killed at any time. */
    void disarm() {
        signals.leave("TERM");
        signals.leave("INT");
    }

    /** Returns whether the end was requested. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Runs an action on SIGHUP, which would otherwise end the process. */
    void onHangUp(Runnable action) {
        signals.handle("HUP", action);
    }

    private void signal() {
        long now = nanoTime.getAsLong();
        if (firstSignal.compareAndSet(null, now)) {
            request();
            return;
        }
        Long first = firstSignal.get();
        if (first != null && now - first >= SAME_SIGNAL.toNanos()) {
            halt.accept(KILLED);
        }
    }

    /** Requests the end. Idempotent. */
    void request() {
        requested.countDown();
    }

    /** Waits until the end is requested. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupt requests the end as well
        }
    }

    /** Ends the process with a status if the returned guard is not closed in time: no part can block the shutdown. */
    Guard limit(Duration time, int status) {
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("shutdown-limit").start(() -> {
            try {
                if (!done.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                    halt.accept(status);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return done::countDown;
    }

    /** Must be closed when the work is done. */
    interface Guard extends AutoCloseable {
        @Override
        void close();
    }
}
