package org.pocx.aggregator.cli.verification;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.proof.ProofComputation;

/**
 * Computes the qualities of the nonces of an {@link AuditQueue} one after the other, and pauses after each millisecond so that
 * its thread stays within a share of one core. Reason for such short turns: a request that comes meanwhile on a busy machine
 * waits for one of them at most, as operating systems ignore the priority of the thread. It belongs to one thread; only
 * {@link #stop} may be called by any.
 */
final class Auditor implements Runnable {
    private static final System.Logger LOG = System.getLogger(Auditor.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final long TURN_NANOS = Duration.ofMillis(1).toNanos();

    /** A look at the processor time costs a tenth of a hash. */
    private static final int HASHES_PER_LOOK = 16;

    private final AuditQueue queue;
    private final CpuBudget budget;
    private final CheckResults results;
    private final LongSupplier cpuNanos;
    private final LongSupplier nanoTime;
    private final Pause pause;
    private volatile boolean stopped;
    private volatile @Nullable ProofComputation running;
    private long usedUpTo;
    private int hashes;

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
        } catch (InterruptedException e) {
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
        } catch (CancellationException stop) {
            // The loop ends.
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "the check of a nonce failed", fault);
        }
    }

    private void check(ReceivedNonce nonce) throws InterruptedException {
        ProofComputation computation = Computations.start(nonce.submission());
        running = computation;
        if (stopped) {
            return;
        }
        while (computation.partsLeft() > 0) {
            computation.advance(this::hashed);
        }
        results.checked(nonce, computation.quality());
    }

    private void hashed() {
        hashes++;
        if (hashes % HASHES_PER_LOOK == 0) {
            pauseForBudget();
        }
    }

    private void pauseForBudget() {
        long used = cpuNanos.getAsLong() - usedUpTo;
        if (used < TURN_NANOS) {
            return;
        }
        try {
            pause.of(budget.pauseAfter(Duration.ofNanos(used)));
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
        usedUpTo = cpuNanos.getAsLong();
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
