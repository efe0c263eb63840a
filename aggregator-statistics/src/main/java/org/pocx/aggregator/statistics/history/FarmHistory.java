package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The farm's past, for people and programs that look at it; the rules never ask.
 *
 * <p>Thread-safe, and readable while the store is written. Each method blocks the calling thread, which may be a virtual
 * one, and shows what was durable when it was called, or a little later. Lists begin with the newest row.
 *
 * <p>Each method throws {@link org.pocx.aggregator.core.store.StoreException} when the history cannot be read now, because storage fails, too many
 * ask at once, or the store is closed. A store bounds how many it serves at once: whoever looks must not hold up miners.
 *
 * <p>The contract test is {@code FarmHistoryContract} in the test jar of this module.
 */
public interface FarmHistory {

    /** Of a store that keeps none. */
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
        public void readRounds(Instant from, Consumer<RoundRecord> reader) {}

        @Override
        public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {}
    };

    /**
     * Rounds, in the order in which they were first recorded, the last one first.
     *
     * @param page how many, and where they begin
     * @return at most as many as the page asks for, with ids by which the next page begins; may be fewer or none
     */
    List<HistoryRow<RoundRecord>> rounds(HistoryPage page);

    /**
     * Submissions, the last one recorded first.
     *
     * @param query what they have in common; one that asks for an outcome reads verdicts, one that does not the best
     *     nonces of account, machine and block
     * @return at most as many as the page asks for; those that a store no longer keeps are left out
     */
    List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query);

    /**
     * Events, the last one first.
     *
     * @param query which ones, by id, time and kind
     * @return at most as many as the page asks for; empty where none is left
     */
    List<FarmEvent> events(EventQuery query);

    /**
     * Hands over each round that began at that time or later, in the order of their begin.
     *
     * @param from a round that began before it is left out even where it lasted longer
     * @param reader called by one thread, which may be the store's own, and not after this method has returned; must not
     *     throw. Where this method throws, some rows more may still be handed over
     */
    void readRounds(Instant from, Consumer<RoundRecord> reader);

    /**
     * Hands over each minute that is recorded from that time on, in their order.
     *
     * @param from a minute that began before it is left out
     * @param reader called by one thread, which may be the store's own, and not after this method has returned; must not
     *     throw. Where this method throws, some rows more may still be handed over
     */
    void readMinutes(Instant from, Consumer<MinuteRecord> reader);
}
