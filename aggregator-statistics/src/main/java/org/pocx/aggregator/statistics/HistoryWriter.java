package org.pocx.aggregator.statistics;

import java.util.List;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.backlog.BacklogPolicy;
import org.pocx.aggregator.core.backlog.BackloggedWriter;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * Writes changes of the history. Changes that cannot be written are kept and written again when {@link #retry} is called.
 * While the aggregator's store is down ({@link #hold}), nothing is written, because the kept verdicts must be written first.
 *
 * <p>Thread-safe; holds no lock while the store is called. Bounded by its {@link BackloggedWriter}.
 */
final class HistoryWriter {
    private final BackloggedWriter<HistoryChange> writer;

    HistoryWriter(HistoryStore store, LongSupplier nanoTime) {
        writer = new BackloggedWriter<>(
                store::write, new Subjects(), nanoTime, new BackloggedWriter.Observer() {});
    }

    void write(HistoryChange change) {
        writer.write(change, () -> {});
    }

    /** Keeps all changes: the aggregator's store cannot be written. */
    void hold() {
        writer.hold();
    }

    /** Writes the kept changes: the store can be written again, and has all changes that the aggregator kept. */
    void release() {
        writer.release();
    }

    /** Writes the oldest kept change; if that succeeds, the others follow. */
    void retry() {
        writer.retry();
    }

    private static final class Subjects implements BacklogPolicy<HistoryChange> {
        @Override
        public boolean isExpendable(HistoryChange change) {
            return false;
        }

        @Override
        public Object subject(HistoryChange change) {
            return switch (change) {
                case HistoryChange.BestRecorded recorded -> List.of(
                        recorded.best().accountId(),
                        recorded.best().machine(),
                        recorded.best().height());
                case HistoryChange.BestWithdrawn withdrawn -> List.of(
                        withdrawn.accountId(), withdrawn.machine(), withdrawn.height());
                case HistoryChange.RoundRecorded recorded -> List.of(
                        "round", recorded.round().blockHash());
                case HistoryChange.MinuteRecorded recorded -> recorded.minute().at();
                case HistoryChange.EventRecorded recorded -> List.of("event", recorded.event().id());
                case HistoryChange.BlocksRecorded recorded -> recorded.change().subject();
                case HistoryChange.DetectorRecorded recorded -> List.of(
                        "detector", recorded.state().kind(), recorded.state().subject());
                case HistoryChange.CapacityHourRecorded recorded -> List.of(
                        "hour", recorded.hour().machine(), recorded.hour().hour());
            };
        }
    }
}
