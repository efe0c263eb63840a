package org.pocx.aggregator.core.forward;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;

/**
 * What outlives a process, written by group commits that the test calls for; it can be full. What was not committed when a
 * process dies is lost.
 */
final class ModelDisk {
    private final SubmissionStore durable = SubmissionStore.inMemory();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean full;
    private int processes;

    /** The store of a new process; those of earlier ones write nothing any more. */
    SubmissionStore openStore() {
        return new ProcessStore(++processes);
    }

    StoredFarm content() {
        return durable.load(Instant.EPOCH);
    }

    void full(boolean isFull) {
        full = isFull;
    }

    boolean isFull() {
        return full;
    }

    /** Makes durable what waits, or fails it where the disk is full. */
    void commit() {
        Queue<Waiting> group = new ArrayDeque<>(waiting);
        waiting.clear();
        for (Waiting write : group) {
            if (full) {
                write.done.completeExceptionally(new StoreException("the disk is full"));
            } else {
                durable.write(write.change).join();
                write.done.complete(null);
            }
        }
    }

    /** The process dies, with the first so many of its writes on the disk and nobody told. */
    void crash(int surviving) {
        List<Waiting> lost = new ArrayList<>(waiting);
        waiting.clear();
        processes++;
        if (!full) {
            lost.stream().limit(surviving).forEach(write -> durable.write(write.change).join());
        }
    }

    private record Waiting(StoreChange change, CompletableFuture<Void> done) {}

    private final class ProcessStore implements SubmissionStore {
        private final int process;

        ProcessStore(int process) {
            this.process = process;
        }

        @Override
        public StoredFarm load(Instant now) {
            return durable.load(now);
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            Waiting write = new Waiting(change, new CompletableFuture<>());
            if (process == processes) {
                waiting.add(write);
            }
            return write.done;
        }

        @Override
        public void close() {}
    }
}
