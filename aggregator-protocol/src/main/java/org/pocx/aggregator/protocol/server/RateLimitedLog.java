package org.pocx.aggregator.protocol.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs conditions that a client can cause at any rate, including faults of this program: at most one line per minute,
 * with the number of suppressed lines. Thread-safe; the state is two atomics.
 */
final class RateLimitedLog {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    RateLimitedLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Logs an action of a client. */
    void warn(String line) {
        if (isDue()) {
            log.log(Level.WARNING, line + leftOut());
        }
    }

    /**
     * Logs a fault of this program, with the stack trace.
     *
     * @param consequence what failed, and how the client was answered
     */
    void fault(String consequence, Throwable bug) {
        if (isDue()) {
            log.log(Level.ERROR, consequence + leftOut(), bug);
        }
    }

    private boolean isDue() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        boolean isDue = now - due >= 0 && next.compareAndSet(due, now + PAUSE);
        if (!isDue) {
            leftOut.incrementAndGet();
        }
        return isDue;
    }

    private String leftOut() {
        long others = leftOut.getAndSet(0);
        return others == 0 ? "" : " (and " + others + " more since the last such line)";
    }
}
