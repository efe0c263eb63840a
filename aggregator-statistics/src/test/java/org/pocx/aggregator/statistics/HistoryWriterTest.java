package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.backlog.BackloggedWriter;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryStore;

final class HistoryWriterTest {
    private final FullStore store = new FullStore();
    private final HistoryWriter writer = new HistoryWriter(store, () -> 0);

    private static HistoryChange best(int height, long rawQuality) {
        return new HistoryChange.BestRecorded(
                new BestNonce(Nonces.account(1), "m", height, rawQuality, Instant.EPOCH));
    }

    @Test
    void change_isWrittenAtOnce() {
        writer.write(best(1, 5));

        assertThat(store.written).containsExactly(best(1, 5));
    }

    @Test
    void changesThatFailed_areWrittenInTheirOrder_whenRetried() {
        store.full = true;
        writer.write(best(1, 5));
        writer.write(best(2, 5));
        writer.write(best(3, 5));
        writer.retry();
        assertThat(store.written).isEmpty();

        store.full = false;
        writer.retry();

        assertThat(store.written).containsExactly(best(1, 5), best(2, 5), best(3, 5));
    }

    @Test
    void youngestChangeOfASubject_isTheOneThatIsWritten() {
        store.full = true;
        writer.write(best(1, 5));
        writer.write(best(1, 4));
        writer.write(new HistoryChange.BestWithdrawn(Nonces.account(1), "m", 1));
        store.full = false;
        writer.retry();

        assertThat(store.written).containsExactly(new HistoryChange.BestWithdrawn(Nonces.account(1), "m", 1));
    }

    @Test
    void olderChangeThatFailsAfterTheYounger_doesNotReplaceIt() {
        store.hold = true;
        writer.write(best(1, 5));
        writer.write(best(1, 4));
        store.hold = false;
        store.held.get(1).completeExceptionally(new StoreException("disk full"));
        store.held.get(0).completeExceptionally(new StoreException("disk full"));

        writer.retry();

        assertThat(store.written).containsExactly(best(1, 4));
    }

    @Test
    void changeWhileOthersGoOut_isWrittenAfterThem() {
        store.full = true;
        writer.write(best(1, 5));
        writer.write(best(2, 5));
        store.full = false;
        store.whenWritten = () -> {
            store.whenWritten = () -> {};
            writer.write(best(2, 4));
        };
        writer.retry();

        assertThat(store.written).containsExactly(best(1, 5), best(2, 4));
    }

    @Test
    void whileTheStoreOfTheAggregatorIsDown_nothingIsWritten() {
        writer.hold();
        writer.write(best(1, 5));
        writer.retry();
        assertThat(store.written).isEmpty();

        writer.release();
        writer.write(best(2, 5));

        assertThat(store.written).containsExactly(best(1, 5), best(2, 5));
    }

    @Test
    void storeThatIsUpAgainWithNothingKept_isWrittenAtOnce() {
        writer.hold();
        writer.release();
        writer.write(best(1, 5));

        assertThat(store.written).containsExactly(best(1, 5));
    }

    @Test
    void changesThatAreKept_areBounded_theOldestIsDropped() {
        store.full = true;
        for (int i = 0; i <= BackloggedWriter.MAX_KEPT; i++) {
            writer.write(best(i, 5));
        }
        store.full = false;
        writer.retry();

        assertThat(store.written).hasSize(BackloggedWriter.MAX_KEPT).doesNotContain(best(0, 5));
    }

    /** A store on a disk that can be full. */
    private static final class FullStore implements HistoryStore {
        private final List<HistoryChange> written = new ArrayList<>();
        private final List<CompletableFuture<Void>> held = new ArrayList<>();
        private boolean full;
        private boolean hold;
        private Runnable whenWritten = () -> {};

        @Override
        public void readHistory(long blocks, Consumer<BestNonce> reader) {}

        @Override
        public CompletableFuture<Void> write(HistoryChange change) {
            if (hold) {
                held.add(new CompletableFuture<>());
                return held.getLast();
            }
            if (full) {
                return CompletableFuture.failedFuture(new StoreException("disk full"));
            }
            written.add(change);
            whenWritten.run();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public FarmHistory history() {
            return FarmHistory.NONE;
        }
    }
}
