package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Durable memory: what must outlive the process, so that a {@code kill -9} at the worst moment costs nothing.
 *
 * <p>Thread-safe. {@link #write} returns at once and is applied in the order of the calls; a change that follows
 * another is never durable before it. No method throws for what storage does every day (full, locked, read-only): the
 * returned future fails with a {@link StoreException} and nothing of that change is kept. The caller then writes it
 * again later; every change may be written again without harm.
 *
 * <p>Whoever opens a store has it to itself until it is closed: two aggregators on one store would send nonces twice and
 * forget each other's. {@code AggregatorBuilder.build} refuses a store object that another aggregator has; what a store
 * opens outside of this process, such as a file, it has to lock itself. The message of a {@link StoreException} reaches the operator as it is. What is kept must be bounded
 * by the store: it is told which rounds are closed, and decides alone how much history it keeps.
 *
 * <p>The contract test is {@code SubmissionStoreContract} in the test jar of this module.
 */
public interface SubmissionStore extends AutoCloseable {

    /**
     * A store that forgets everything when the process ends: for tests, and for programs that keep nonces elsewhere. It holds
     * the open rounds and the last 100,000 verdicts.
     *
     * @return a new, empty store
     */
    static SubmissionStore inMemory() {
        return new InMemorySubmissionStore();
    }

    /**
     * Reads what a restart needs to know; called once, before any write, by the thread that starts the aggregator.
     *
     * @param now the wall clock, by which a confirmation is within the last 24 hours or not
     * @return the last three rounds announced that are not closed, and what belongs to them; {@link StoredFarm#EMPTY} from
     *     a new store
     * @throws StoreException when it cannot be read: the aggregator does not start then, rather than begin with nothing
     */
    StoredFarm load(Instant now);

    /**
     * Applies one change. Called from many threads, thousands of times a second, under locks of the caller: it must not
     * wait for storage. Where more waits than the store wants to hold, the future fails.
     *
     * @param change never changes itself, so it may be kept
     * @return completes when the change is durable; fails with {@link StoreException} when it is not. Continuations
     *     that are attached to it must be short: they run on the store's thread
     */
    CompletableFuture<Void> write(StoreChange change);

    /** Makes durable what was written, then releases what the store holds. Idempotent; later writes fail. */
    @Override
    void close();
}
