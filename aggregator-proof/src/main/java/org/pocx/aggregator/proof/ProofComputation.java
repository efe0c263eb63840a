package org.pocx.aggregator.proof;

import java.util.concurrent.CancellationException;

/**
 * The computation of one nonce, in steps: between two of them, its caller can wait, or do something else. Each step computes
 * one part of the nonce, or as many as this JVM computes at once ({@link PocxProof#lanes()}), and takes 60 to 160 ms of one
 * core. It belongs to one thread; only {@link #cancel} may be called by any.
 */
public final class ProofComputation {
    private final ScoopSum sum;
    private final PartRunner runner = new PartRunner();
    private int next;
    private volatile boolean cancelled;

    ProofComputation(PlotNonce nonce, Challenge challenge) {
        sum = new ScoopSum(new ProofTask(nonce, challenge), 0);
    }

    /**
     * Returns how many parts are not computed yet.
     *
     * @return 0 when the quality is known
     */
    public int partsLeft() {
        return sum.parts() - next;
    }

    /**
     * Computes the next parts, if any are left.
     *
     * @throws CancellationException if {@link #cancel} was or is called
     */
    public void advance() {
        advance(() -> {});
    }

    /**
     * Computes the next parts, if any are left, and lets the caller share the processor meanwhile.
     *
     * @param often called by this thread some ten thousand times a second of processor time; may wait
     * @throws CancellationException if {@link #cancel} was or is called
     */
    public void advance(Runnable often) {
        int parts = LaneChoice.step(partsLeft());
        for (int part = next; part < next + parts; part++) {
            runner.add(sum, part);
        }
        if (!runner.run(() -> isCancelled(often), done -> {})) {
            throw new CancellationException("the computation of the nonce was cancelled");
        }
        next += parts;
    }

    private boolean isCancelled(Runnable often) {
        often.run();
        return cancelled;
    }

    /** Makes the step that is being computed, and all later ones, end at once with a {@link CancellationException}. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Returns the raw_quality of the nonce.
     *
     * @return unsigned: the lower, the better
     * @throws IllegalStateException if parts are left
     */
    public long quality() {
        return sum.quality();
    }
}
