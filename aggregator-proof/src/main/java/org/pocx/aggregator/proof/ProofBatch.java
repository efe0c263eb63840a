package org.pocx.aggregator.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Computes many nonces on several threads. The results go through a queue to the thread that wants them. */
final class ProofBatch {
    /** The quality of a nonce, or why there is none. */
    private record Result(int index, long quality, @Nullable Throwable failure) {}

    private final List<ProofTask> tasks;
    private final int together;
    private final int threads;
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    /** The nonce whose parts are taken next. Guarded by this, and so are the next two. */
    private @Nullable ScoopSum current;

    private int nextPart;
    private int nextTask;

    ProofBatch(List<ProofTask> tasks, int threads) {
        this.tasks = tasks;
        long parts = tasks.stream().mapToLong(task -> task.nonce().parts()).sum();
        together = together(parts, threads, LaneChoice.lanes());
        this.threads = (int) Math.min(threads, Math.ceilDiv(parts, Math.max(1, together)));
    }

    /** How many parts a thread takes at a time: as many as there are lanes, or fewer if all threads then have the same work. */
    static int together(long parts, int threads, int lanes) {
        long turns = Math.ceilDiv(parts, (long) threads * lanes);
        return (int) Math.ceilDiv(parts, Math.max(1, threads * turns));
    }

    /** Computes until all is done, the listener wants no more, or this thread is interrupted. */
    void run(QualityListener listener) throws InterruptedException {
        List<Thread> workers = new ArrayList<>();
        try {
            for (int i = 0; i < threads; i++) {
                Thread worker = new Thread(this::work, "proof-" + (i + 1));
                worker.setDaemon(true);
                worker.start();
                workers.add(worker);
            }
            deliver(listener);
        } finally {
            ended = true;
            join(workers);
        }
    }

    private void deliver(QualityListener listener) throws InterruptedException {
        boolean more = true;
        for (int known = 0; more && known < tasks.size(); known++) {
            Result result = results.take();
            if (result.failure() != null) {
                throw new IllegalStateException("a nonce could not be computed", result.failure());
            }
            more = listener.onQuality(result.index(), result.quality());
        }
    }

    /** They end within microseconds, so it does not matter to be interrupted only then. */
    private static void join(List<Thread> workers) {
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            PartRunner runner = new PartRunner();
            do {
                take(runner);
            } while (!runner.isEmpty()
                    && runner.run(() -> ended, sum -> results.add(new Result(sum.index(), sum.quality(), null))));
        } catch (Throwable failure) {
            results.add(new Result(0, 0, failure));
        }
    }

    private synchronized void take(PartRunner runner) {
        for (int i = 0; i < together; i++) {
            if (current == null || nextPart == current.parts()) {
                if (nextTask == tasks.size()) {
                    return;
                }
                current = new ScoopSum(tasks.get(nextTask), nextTask);
                nextTask++;
                nextPart = 0;
            }
            runner.add(current, nextPart);
            nextPart++;
        }
    }
}
