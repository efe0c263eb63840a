package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;

/**
 * A store for an aggregator and its statistics in memory, for tests and for programs that store the data elsewhere. It
 * is bounded: the open rounds, and the last {@value #MAX_ROWS} best nonces and verdicts each.
 *
 * <p>Thread-safe: its monitor guards the rows of its history.
 */
public final class InMemoryFarmStore implements SubmissionStore, HistoryStore {
    static final int MAX_ROWS = 100_000;

    private final SubmissionStore submissions = SubmissionStore.inMemory();
    private final Map<VerdictKey, HistoryRow<Verdict>> verdicts = new LinkedHashMap<>();
    private final Map<BestKey, HistoryRow<BestNonce>> bests = new LinkedHashMap<>();
    private final InMemoryHistory history = new InMemoryHistory(new Copies());
    private final InMemoryDetectors detectors = new InMemoryDetectors();
    private long lastRow;
    private boolean closed;

    /** An empty store. */
    public InMemoryFarmStore() {}

    @Override
    public StoredFarm load(Instant now) {
        return submissions.load(now);
    }

    @Override
    public CompletableFuture<Void> write(StoreChange change) {
        if (change instanceof StoreChange.VerdictGiven given) {
            Verdict verdict = given.verdict();
            put(
                    verdicts,
                    new VerdictKey(
                            verdict.submission().blockHash(), verdict.submission().nonceId()),
                    verdict);
        }
        return submissions.write(change);
    }

    @Override
    public void readHistory(long blocks, Consumer<BestNonce> reader) {
        List<BestNonce> rows;
        synchronized (this) {
            rows = bests.values().stream().map(HistoryRow::value).toList();
        }
        long top = rows.stream().map(BestNonce::height).max(Long::compareUnsigned).orElse(0L);
        rows.stream()
                .filter(best -> Long.compareUnsigned(top - best.height(), blocks) < 0)
                .forEach(reader);
    }

    @Override
    public void readVerdicts(int newest, Consumer<Verdict> reader) {
        List<Verdict> last;
        synchronized (this) {
            last = verdicts.values().stream()
                    .sorted(Comparator.comparingLong((HistoryRow<Verdict> row) -> row.id()).reversed())
                    .limit(newest)
                    .map(HistoryRow::value)
                    .toList();
        }
        last.forEach(reader);
    }

    @Override
    public BlockMemory readBlocks() {
        return history.blocks();
    }

    @Override
    public void readDetectors(Consumer<DetectorState> reader) {
        detectors.states().forEach(reader);
    }

    @Override
    public synchronized CompletableFuture<Void> write(HistoryChange change) {
        if (closed) {
            return CompletableFuture.failedFuture(new StoreException("the store in memory is closed"));
        }
        switch (change) {
            case HistoryChange.BestRecorded recorded -> put(bests, BestKey.of(recorded.best()), recorded.best());
            case HistoryChange.BestWithdrawn gone -> bests.remove(
                    new BestKey(gone.accountId(), gone.machine(), gone.height()));
            case HistoryChange.RoundRecorded recorded -> history.record(recorded.round());
            case HistoryChange.MinuteRecorded recorded -> history.record(recorded.minute());
            case HistoryChange.EventRecorded recorded -> history.record(recorded.event());
            case HistoryChange.BlocksRecorded recorded -> history.record(recorded.change());
            case HistoryChange.DetectorRecorded recorded -> detectors.record(recorded.state());
            case HistoryChange.CapacityHourRecorded recorded -> history.record(recorded.hour());
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Replaces a row and keeps its id. */
    private synchronized <K, T> void put(Map<K, HistoryRow<T>> rows, K key, T value) {
        @Nullable HistoryRow<T> known = rows.get(key);
        rows.put(key, new HistoryRow<>(known == null ? ++lastRow : known.id(), value));
        if (rows.size() > MAX_ROWS) {
            rows.remove(rows.keySet().iterator().next());
        }
    }

    @Override
    public FarmHistory history() {
        return history;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        submissions.close();
    }

    private final class Copies implements InMemoryHistory.Submissions {
        @Override
        public List<HistoryRow<BestNonce>> bests() {
            synchronized (InMemoryFarmStore.this) {
                return List.copyOf(bests.values());
            }
        }

        @Override
        public List<HistoryRow<Verdict>> verdicts() {
            synchronized (InMemoryFarmStore.this) {
                return List.copyOf(verdicts.values());
            }
        }
    }

    private record VerdictKey(String blockHash, NonceId nonceId) {}

    private record BestKey(String accountId, String machine, long height) {
        static BestKey of(BestNonce best) {
            return new BestKey(best.accountId(), best.machine(), best.height());
        }
    }
}
