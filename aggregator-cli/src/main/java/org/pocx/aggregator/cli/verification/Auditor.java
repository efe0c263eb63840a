package org.pocx.aggregator.cli.verification;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.proof.ProofComputation;

/**
 * Computes the qualities of the nonces of an {@link AuditQueue} one after the other, and pauses after each step so that its
 * thread stays within a share of one core. It belongs to one thread; only {@link #stop} may be called by any.
 */
final class Auditor implements Runnable {
    private static final System.Logger LOG = System.getLogger(Auditor.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final AuditQueue queue;
    private final CpuBudget budget;
    private final CheckResults results;
    private final LongSupplier cpuNanos;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private volatile boolean stopped;
    private volatile @Nullable ProofComputation running;
    private long usedUpTo;

    /**
     * @param cpuNanos the processor time of the thread that asks
     * @param nanoTime a monotonic clock
     */
    Auditor(
            AuditQueue queue,
            CpuBudget budget,
            CheckResults results,
            LongSupplier cpuNanos,
            LongSupplier nanoTime,
            Pause pause) {
        this.queue = queue;
        this.budget = budget;
        this.results = results;
        this.cpuNanos = cpuNanos;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public void run() {
        usedUpTo = cpuNanos.getAsLong();
        try {
            while (!stopped) {
                checkNext();
            }
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    /** Checks one nonce, or waits for a moment if there is none. */
    void checkNext() throws InterruptedException {
        Optional<ReceivedNonce> next = queue.next(nanoTime.getAsLong());
        if (next.isEmpty()) {
            pause.of(IDLE);
            usedUpTo = cpuNanos.getAsLong();
            return;
        }
        try {
            check(next.get());
        } catch (IllegalArgumentException | IllegalStateException fault) {
            LOG.log(System.Logger.Level.DEBUG, "a nonce could not be checked", fault);
        }
    }

    private void check(ReceivedNonce nonce) throws InterruptedException {
        ProofComputation computation = Computations.start(nonce.submission());
        running = computation;
        if (stopped) {
            return;
        }
        while (computation.partsLeft() > 0) {
            computation.advance();
            pauseForBudget();
        }
        results.checked(nonce, computation.quality());
    }

    private void pauseForBudget() throws InterruptedException {
        long now = cpuNanos.getAsLong();
        pause.of(budget.pauseAfter(Duration.ofNanos(now - usedUpTo)));
        usedUpTo = now;
    }

    /** Ends the computation that runs, and begins no other. */
    void stop() {
        stopped = true;
        ProofComputation computation = running;
        if (computation != null) {
            computation.cancel();
        }
    }
}
