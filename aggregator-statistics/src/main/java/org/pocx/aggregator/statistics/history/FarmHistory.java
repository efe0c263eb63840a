package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Read access to the farm's past. The rules of the core do not use it.
 *
 * <p>Thread-safe, and readable while the store is written. Each method blocks the calling thread, which may be a
 * virtual one, and returns what was on disk when it was called or shortly after. Lists begin with the newest row.
 *
 * <p>Each method throws {@link org.pocx.aggregator.core.store.StoreException} if the history cannot be read now,
 * because storage fails, there are too many queries at once, or the store is closed. A store limits the number of
 * simultaneous queries, so that they do not delay miners.
 *
 * <p>The contract test is {@code FarmHistoryContract} in the test jar of this module.
 */
public interface FarmHistory {

    /** The history of a store that keeps none. */
    FarmHistory NONE = new FarmHistory() {
        @Override
        public List<HistoryRow<RoundRecord>> rounds(HistoryPage page) {
            return List.of();
        }

        @Override
        public List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query) {
            return List.of();
        }

        @Override
        public List<FarmEvent> events(EventQuery query) {
            return List.of();
        }

        @Override
        public List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) {
            return List.of();
        }

        @Override
        public List<ProbableLoss> probableLosses(int newest) {
            return List.of();
        }

        @Override
        public void readRounds(Instant from, Consumer<RoundRecord> reader) {}

        @Override
        public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {}
    };

    /**
     * Reads rounds in the reverse order of their first record.
     *
     * @param page the part of the list
     * @return at most as many rows as the page allows, with ids for requesting the next page; may be empty
     */
    List<HistoryRow<RoundRecord>> rounds(HistoryPage page);

    /**
     * Reads submissions, the last recorded one first.
     *
     * @param query the conditions; with an outcome, verdicts are read, otherwise the best nonces of account, machine
     *     and block
     * @return at most as many rows as the page allows; rows that the store no longer keeps are left out
     */
    List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query);

    /**
     * Reads events, the last one first.
     *
     * @param query the conditions: id, time and kind
     * @return at most as many events as the page allows; may be empty
     */
    List<FarmEvent> events(EventQuery query);

    /**
     * Reads won blocks in the reverse order of their first record. A store keeps at least the last 100,000 of them,
     * however old they are.
     *
     * @param query the part of the list, and whose wins
     * @return at most as many rows as the page allows, orphaned blocks included; may be empty
     */
    List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query);

    /**
     * Reads the last probable losses, the last one first. A store keeps at least the last 10,000 of them.
     *
     * @param newest the maximum number, at least 1
     * @return at most so many; may be empty
     */
    List<ProbableLoss> probableLosses(int newest);

    /**
     * Passes each round that began at or after a time to the reader, in the order of their start.
     *
     * @param from rounds that began earlier are left out, even if they ended later
     * @param reader called by one thread, which may be the store's own, and not after this method has returned; must
     *     not throw. If this method throws, the reader may still be called for some more rows
     */
    void readRounds(Instant from, Consumer<RoundRecord> reader);

    /**
     * Passes each recorded minute from a time on to the reader, in their order.
     *
     * @param from minutes that began earlier are left out
     * @param reader called by one thread, which may be the store's own, and not after this method has returned; must
     *     not throw. If this method throws, the reader may still be called for some more rows
     */
    void readMinutes(Instant from, Consumer<MinuteRecord> reader);

    /**
     * Passes each recorded hour of a machine's capacity from a time on to the reader, in their order. The default has none.
     *
     * @param machine the id of the machine
     * @param from hours that began earlier are left out
     * @param reader called by one thread, which may be the store's own, and not after this method has returned; must
     *     not throw. If this method throws, the reader may still be called for some more rows
     */
    default void readCapacityHours(String machine, Instant from, Consumer<CapacityHour> reader) {}
}
