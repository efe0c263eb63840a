package org.pocx.aggregator.statistics.history;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.Verdict;

/**
 * The port for storing the history. A store on disk implements this in addition to {@link
 * org.pocx.aggregator.core.store.SubmissionStore}, with one order for the changes of both: a change is never on disk
 * before an earlier one, through whichever port they came. So the history never contains a row without the verdict that
 * led to it.
 *
 * <p>Thread-safe. {@link #write} returns at once and does not throw for storage failures: the returned future fails
 * with a {@link org.pocx.aggregator.core.store.StoreException}, and no part of that change is stored. The caller then
 * writes it again later. The store decides how much it keeps; this must be bounded. The store is closed by the code
 * that opened it.
 *
 * <p>The contract tests are {@code HistoryStoreContract} and {@code FarmHistoryContract} in the test jar of this
 * module.
 */
public interface HistoryStore {

    /**
     * Reads the best nonces of the last blocks, in any order; called at start, before any write.
     *
     * @param blocks only rows whose height is above (the highest height stored - blocks) are read; at least 1. Heights
     *     are unsigned
     * @param reader called on this thread, once per row; must not call the store
     * @throws org.pocx.aggregator.core.store.StoreException if the history cannot be read
     */
    void readHistory(long blocks, Consumer<BestNonce> reader);

    /**
     * Reads the last verdicts of all rounds, newest first; called at start, before any write. The default has none.
     *
     * @param newest the maximum number, at least 1
     * @param reader called on this thread, once per verdict; must not call the store
     * @throws org.pocx.aggregator.core.store.StoreException if they cannot be read
     */
    default void readVerdicts(int newest, Consumer<Verdict> reader) {}

    /**
     * Reads what is known of blocks; called at start, before any write. The default knows nothing.
     *
     * @return state, last wins and luck, as the last {@link HistoryChange.BlocksRecorded} left them
     * @throws org.pocx.aggregator.core.store.StoreException if it cannot be read
     */
    default BlockMemory readBlocks() {
        return BlockMemory.EMPTY;
    }

    /**
     * Reads the states of the detectors, in any order; called at start, before any write. The default has none.
     *
     * @param reader called on this thread, once per state; must not call the store
     * @throws org.pocx.aggregator.core.store.StoreException if they cannot be read
     */
    default void readDetectors(Consumer<DetectorState> reader) {}

    /**
     * Applies one change. Called from many threads, under locks of the caller: it must not wait for storage. If too
     * many changes wait, the future fails.
     *
     * @param change immutable, so it may be kept
     * @return completes when the change is on disk; fails with {@link org.pocx.aggregator.core.store.StoreException} if
     *     it cannot be written. Its continuations must be short, because they run on the store's thread
     */
    CompletableFuture<Void> write(HistoryChange change);

    /**
     * {@return read access to rounds, minutes, events and submissions; never null, usable until the store is closed;
     * may be the same object each time}
     */
    FarmHistory history();
}
