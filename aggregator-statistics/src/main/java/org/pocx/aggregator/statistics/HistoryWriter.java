package org.pocx.aggregator.statistics;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

/**
 * Writes changes of the history. Changes that cannot be written are kept (only the latest one of each subject) and
 * written again when {@link #retry} is called. Beyond {@value #MAX_CHANGES} the oldest is dropped. While the
 * aggregator's store is down, nothing is written, because the kept verdicts must be written first.
 *
 * <p>Thread-safe; guarded by its monitor, which is not held while the store is called.
 */
final class HistoryWriter {
    static final int MAX_CHANGES = 100_000;

    private final HistoryStore store;
    private final Map<Object, Pending> kept = new LinkedHashMap<>();
    private boolean storeDown;

    /** Whether kept changes exist or are being written: new changes must wait for them. */
    private boolean keeping;

    private boolean draining;
    private long failures;
    private long changes;

    /**
     * @param number ascending in the order of the writes; of two changes of a subject, the one with the higher number
     *     is kept
     */
    private record Pending(long number, HistoryChange change) {}

    HistoryWriter(HistoryStore store) {
        this.store = store;
    }

    void write(HistoryChange change) {
        Pending pending;
        synchronized (this) {
            pending = new Pending(++changes, change);
            if (keeping) {
                keep(pending);
                return;
            }
        }
        send(pending);
    }

    /** The aggregator's store cannot be written. */
    synchronized void storeDown() {
        storeDown = true;
        keeping = true;
    }

    /** The store can be written again, and has all changes that the aggregator kept. */
    void storeUp() {
        synchronized (this) {
            storeDown = false;
        }
        retry();
    }

    /** Writes the oldest kept change; if that succeeds, the others follow. */
    void retry() {
        Pending oldest;
        synchronized (this) {
            if (storeDown || draining) {
                return;
            }
            if (kept.isEmpty()) {
                keeping = false;
                return;
            }
            oldest = kept.values().iterator().next();
        }
        send(oldest);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both ends of it are handled
    private void send(Pending pending) {
        store.write(pending.change()).whenComplete((done, failure) -> {
            if (failure == null) {
                written(pending);
            } else {
                failed(pending);
            }
        });
    }

    private void written(Pending pending) {
        if (beginsDraining(pending)) {
            drain();
        }
    }

    private synchronized boolean beginsDraining(Pending pending) {
        if (!keeping) {
            return false;
        }
        Object subject = subject(pending.change());
        Pending known = kept.get(subject);
        if (known != null && known.number() <= pending.number()) {
            kept.remove(subject);
        }
        boolean begins = !draining && !storeDown;
        draining |= begins;
        return begins;
    }

    /** Writes all kept changes before newer ones. */
    private void drain() {
        long failuresBefore = failures();
        List<Pending> batch = takeAll(failuresBefore);
        while (!batch.isEmpty()) {
            batch.forEach(this::send);
            batch = takeAll(failuresBefore);
        }
    }

    private synchronized long failures() {
        return failures;
    }

    /** Takes all kept changes. Ends the draining if nothing is kept or the store failed again. */
    private synchronized List<Pending> takeAll(long failuresBefore) {
        if (storeDown || failures != failuresBefore || kept.isEmpty()) {
            draining = false;
            keeping = storeDown || !kept.isEmpty();
            return List.of();
        }
        List<Pending> all = kept.values().stream()
                .sorted(Comparator.comparingLong(Pending::number))
                .toList();
        kept.clear();
        return all;
    }

    private synchronized void failed(Pending pending) {
        failures++;
        keeping = true;
        keep(pending);
    }

    /** Keeps a change unless a later one of the same subject is kept. */
    private void keep(Pending pending) {
        Object subject = subject(pending.change());
        Pending known = kept.get(subject);
        if (known != null && known.number() >= pending.number()) {
            return;
        }
        kept.remove(subject);
        if (kept.size() >= MAX_CHANGES) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(subject, pending);
    }

    /** The subject of a change: a later change of the same subject replaces an earlier one. */
    private static Object subject(HistoryChange change) {
        return switch (change) {
            case HistoryChange.BestRecorded recorded -> List.of(
                    recorded.best().accountId(),
                    recorded.best().machine(),
                    recorded.best().height());
            case HistoryChange.BestWithdrawn withdrawn -> List.of(
                    withdrawn.accountId(), withdrawn.machine(), withdrawn.height());
            case HistoryChange.RoundRecorded recorded -> List.of("round", recorded.round().blockHash());
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
