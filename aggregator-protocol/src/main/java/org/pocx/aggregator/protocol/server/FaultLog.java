package org.pocx.aggregator.protocol.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs faults of this program with their trace, but not one for each of a thousand polls a second: one a minute, with
 * the number of those left out. Thread-safe; the state is two atomics.
 */
final class FaultLog {
    private static final long PAUSE = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    FaultLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** @param consequence what failed, and what the peer got instead */
    void fault(String consequence, Throwable bug) {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + PAUSE)) {
            leftOut.incrementAndGet();
            return;
        }
        long others = leftOut.getAndSet(0);
        String more = others == 0 ? "" : " (and " + others + " more faults since the last such line)";
        log.log(Level.ERROR, consequence + more, bug);
    }
}
