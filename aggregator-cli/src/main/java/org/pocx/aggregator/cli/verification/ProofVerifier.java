package org.pocx.aggregator.cli.verification;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.pocx.aggregator.core.filter.NonceVerifier;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.proof.ProofComputation;

/**
 * Computes qualities as soon as they are asked for, on threads of a low priority. Thread-safe: its threads are an executor,
 * whose queue the aggregator bounds.
 */
final class ProofVerifier implements NonceVerifier, AutoCloseable {
    private final CheckResults results;
    private final ExecutorService threads;
    private volatile boolean closed;

    /** @param count the number of threads, at least 1 */
    ProofVerifier(CheckResults results, int count) {
        this.results = results;
        this.threads = Executors.newFixedThreadPool(
                count,
                Thread.ofPlatform().name("verification-gate-", 0).priority(Thread.MIN_PRIORITY).daemon().factory());
    }

    @Override
    public CompletableFuture<Long> quality(ReceivedNonce nonce) {
        CompletableFuture<Long> quality = new CompletableFuture<>();
        try {
            ProofComputation computation = Computations.start(nonce.submission());
            cancelTogether(quality, computation);
            threads.execute(() -> compute(nonce, computation, quality));
        } catch (IllegalArgumentException | RejectedExecutionException impossible) {
            quality.completeExceptionally(impossible);
        }
        return quality;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it cannot fail
    private static void cancelTogether(CompletableFuture<Long> quality, ProofComputation computation) {
        quality.whenComplete((rawQuality, fault) -> {
            if (fault != null) {
                computation.cancel();
            }
        });
    }

    private void compute(ReceivedNonce nonce, ProofComputation computation, CompletableFuture<Long> quality) {
        try {
            while (computation.partsLeft() > 0 && !closed) {
                computation.advance();
            }
            if (computation.partsLeft() == 0) {
                results.checked(nonce, computation.quality());
                quality.complete(computation.quality());
            }
        } catch (CancellationException tooLate) {
            // The nonce was sent meanwhile.
        } catch (RuntimeException fault) {
            quality.completeExceptionally(fault);
        }
    }

    /** Computes nothing more. Idempotent. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }
}
