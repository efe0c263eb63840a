package org.pocx.aggregator.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When to end: on SIGTERM or SIGINT, or when the program itself says so. A second signal ends the process at once.
 *
 * <p>Thread-safe.
 */
final class StopSignal {
    private static final int KILLED = 1;

    /** Some senders, such as timeout(1), signal both the process and its group at once: that is one request. */
    private static final Duration SAME_SIGNAL = Duration.ofMillis(50);

    private final SignalSource signals;
    private final IntConsumer halt;
    private final CountDownLatch requested = new CountDownLatch(1);
    private final LongSupplier nanoTime;
    private final AtomicReference<@Nullable Long> firstSignal = new AtomicReference<>();

    /**
     * @param signals where signals come from
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     * @param halt ends the process with a status, at once and whatever is running
     */
    StopSignal(SignalSource signals, LongSupplier nanoTime, IntConsumer halt) {
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.halt = halt;
    }

    /** From now on signals ask for an orderly end instead of killing the process. */
    void arm() {
        signals.handle("TERM", this::signal);
        signals.handle("INT", this::signal);
    }

    /** From now on signals end the process as if there were no {@link #arm()}: it does nothing that an end could harm. */
    void disarm() {
        signals.leave("TERM");
        signals.leave("INT");
    }

    /** Whether the end was asked for. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Has SIGHUP do something else than to end the process. */
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

    /** Asks for the end. Idempotent. */
    void request() {
        requested.countDown();
    }

    /** Waits until the end is asked for. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // an interrupt means the end as well
        }
    }

    /** Ends the process with a status when the returned guard is not closed in time: no part may hang the end. */
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

    /** Is closed when the work is done. */
    interface Guard extends AutoCloseable {
        @Override
        void close();
    }
}
