package org.pocx.aggregator.protocol.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs what a peer can cause as often as it likes, faults of this program included: one line a minute, with the number of
 * those left out. Thread-safe; the state is two atomics.
 */
final class SeldomLog {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    SeldomLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** What a peer did. */
    void warn(String line) {
        if (isDue()) {
            log.log(Level.WARNING, line + leftOut());
        }
    }

    /**
     * A fault of this program, with its trace.
     *
     * @param consequence what failed, and what the peer got instead
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
        return others == 0 ? "" : " (and " + others + " more such since the last line)";
    }
}
