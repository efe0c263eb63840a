package org.pocx.aggregator.statistics.history;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.Verdict;

/**
 * Where the statistics keep the past. A store on disk implements this beside {@link
 * org.pocx.aggregator.core.store.SubmissionStore}, with one order for the changes of both: a change that follows another,
 * through whichever port, is never durable before it. So a row of the history is never there without the verdict that led to
 * it.
 *
 * <p>Thread-safe. {@link #write} returns at once and does not throw for what storage does every day: the returned future
 * fails with a {@link org.pocx.aggregator.core.store.StoreException}, and nothing of that change is kept. The caller then
 * writes it again later. How much is kept is the store's decision; it must be bounded. Whoever opens the store closes it.
 *
 * <p>The contract tests are {@code HistoryStoreContract} and {@code FarmHistoryContract} in the test jar of this module.
 */
public interface HistoryStore {

    /**
     * Reads the best nonces of the last blocks, in no certain order; called at start, before any write.
     *
     * @param blocks only rows whose height is above (the highest height stored - blocks) are read; at least 1. Heights
     *     are unsigned
     * @param reader called on this thread, once a row; must not call the store
     * @throws org.pocx.aggregator.core.store.StoreException when it cannot be read
     */
    void readHistory(long blocks, Consumer<BestNonce> reader);

    /**
     * Reads the last verdicts of all rounds, the newest first; called at start, before any write. The default knows none.
     *
     * @param newest how many at most, at least 1
     * @param reader called on this thread, once a verdict; must not call the store
     * @throws org.pocx.aggregator.core.store.StoreException when they cannot be read
     */
    default void readVerdicts(int newest, Consumer<Verdict> reader) {}

    /**
     * Applies one change. Called from many threads, under locks of the caller: it must not wait for storage. Where more waits
     * than the store wants to hold, the future fails.
     *
     * @param change immutable, so it may be kept
     * @return completes when the change is durable; fails with {@link org.pocx.aggregator.core.store.StoreException} when it
     *     is not. Continuations that are attached to it must be short: they run on the store's thread
     */
    CompletableFuture<Void> write(HistoryChange change);

    /**
     * {@return rounds, minutes, events and submissions, to look at; never null, usable until the store is closed, and may be
     * the same object each time}
     */
    FarmHistory history();
}
