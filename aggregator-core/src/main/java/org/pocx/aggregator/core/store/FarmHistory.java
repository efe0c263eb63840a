package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The farm's past, for people and programs that look at it; the rules never ask.
 *
 * <p>Thread-safe, and readable while the store is written. Each method blocks the calling thread, which may be a virtual
 * one, and shows what was durable when it was called, or a little later. Lists begin with the newest row.
 *
 * <p>Each method throws {@link StoreException} when the history cannot be read now, because storage fails, too many
 * ask at once, or the store is closed.
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

    /** Rounds, in the order in which they were first recorded, the last one first. */
    List<HistoryRow<RoundRecord>> rounds(HistoryPage page);

    /** Submissions, the last one recorded first. */
    List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query);

    /** Events, the last one first. A page of none that is left is empty. */
    List<FarmEvent> events(EventQuery query);

    /** Hands over each round that began at that time or later, in the order of their begin. */
    void readRounds(Instant from, Consumer<RoundRecord> reader);

    /** Hands over each minute that is recorded from that time on, in their order. */
    void readMinutes(Instant from, Consumer<MinuteRecord> reader);
}
