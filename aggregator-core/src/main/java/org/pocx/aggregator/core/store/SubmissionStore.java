package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Durable memory: what must outlive the process, so that a {@code kill -9} at the worst moment costs nothing.
 *
 * <p>Thread-safe. {@link #write} returns at once and is applied in the order of the calls; a change that follows
 * another is never durable before it. No method throws for what storage does every day (full, locked, read-only): the
 * returned future fails with a {@link StoreException} and nothing of that change is kept. The caller then writes it
 * again later; every change may be written again without harm.
 */
public interface SubmissionStore extends AutoCloseable {

    /** What a restart needs to know; called once, before any write. */
    StoredFarm load(Instant now);

    /**
     * Reads the history of the last blocks, in no certain order; called at start, before any write.
     *
     * @param blocks only rows whose height is above (the highest height stored - blocks) are read; at least 1
     */
    void readHistory(long blocks, Consumer<BestNonce> reader);

    /**
     * Applies one change.
     *
     * @return completes when the change is durable; fails with {@link StoreException} when it is not. Continuations
     *     that are attached to it must be short: they run on the store's thread
     */
    CompletableFuture<Void> write(StoreChange change);

    /**
     * What was written, to look at: rounds, minutes, events, submissions. The default shows nothing, for a store that
     * keeps nothing but what a restart needs.
     */
    default FarmHistory history() {
        return FarmHistory.NONE;
    }

    /** Makes durable what was written, then releases what the store holds. Idempotent; later writes fail. */
    @Override
    void close();
}
