package org.pocx.aggregator.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.backlog.BackloggedWriter;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.testkit.EmptyStore;
import org.pocx.aggregator.core.testkit.ManualScheduler;

class StoreWriterTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> heard = new ArrayList<>();
    private final List<Duration> stored = new ArrayList<>();
    private final FullStore store = new FullStore();
    private final StoreWriter writer = new StoreWriter(store, scheduler, this::hear);

    private void hear(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.StoreDown down ->
                heard.add((down.first() ? "down: " : "still down: ") + down.reason());
            case AggregatorEvent.StoreUp up -> heard.add("up after " + up.outage().toSeconds() + " s");
            case AggregatorEvent.StoreWritten written -> stored.add(written.took());
            default -> throw new AssertionError(event);
        }
    }

    @Test
    void whatIsWritten_isTold() {
        List<String> durable = new ArrayList<>();

        writer.write(put(1), () -> durable.add("1"));

        assertThat(durable).containsExactly("1");
        assertThat(writer.problem()).isEmpty();
    }

    @Test
    void timeOfAWrite_isTold_whenItSucceeds() {
        store.hold = true;
        writer.write(put(1));
        scheduler.advance(Duration.ofMillis(7));
        assertThat(stored).isEmpty();
        store.held.getLast().complete(null);
        writer.write(put(2));
        store.failHeld();

        assertThat(stored).containsExactly(Duration.ofMillis(7));
    }

    @Test
    void fullStore_keepsAllAndWritesItWhenThereIsRoom() {
        List<String> durable = new ArrayList<>();
        store.full = true;
        writer.write(put(1), () -> durable.add("1"));
        writer.write(put(2), () -> durable.add("2"));
        scheduler.advance(Duration.ofSeconds(5));
        assertThat(durable).isEmpty();
        assertThat(writer.problem()).contains("disk full");

        store.full = false;
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(durable).containsExactlyInAnyOrder("1", "2");
        assertThat(store.written).hasSize(2);
        assertThat(heard).containsExactly("down: disk full", "up after 6 s");
    }

    @Test
    void newerChangeOfTheSameNonce_replacesTheOlder() {
        store.full = true;
        writer.write(put(1));
        writer.write(removed(1));
        store.full = false;
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).containsExactly(removed(1));
    }

    @Test
    void newerChangeThatFailsAfterTheOlder_isTheOneThatIsKept() {
        store.hold = true;
        writer.write(put(1));
        writer.write(removed(1));
        store.failHeld();
        store.hold = false;

        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).containsExactly(removed(1));
    }

    @Test
    void backlog_goesOutBeforeAnythingNewer() {
        store.full = true;
        writer.write(put(1));
        writer.write(put(2));
        store.full = false;
        store.whenWritten = () -> {
            store.whenWritten = () -> {};
            writer.write(removed(2));
        };
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written.lastIndexOf(removed(2))).isGreaterThan(store.written.lastIndexOf(put(2)));
    }

    @Test
    void backlog_isBounded_andKeepsNoncesToBeForwarded() {
        store.full = true;
        writer.write(put(1));
        for (int i = 2; i < BackloggedWriter.MAX_KEPT + 100; i++) {
            writer.write(removed(i));
        }
        store.full = false;
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).hasSize(BackloggedWriter.MAX_KEPT).contains(put(1));
    }

    @Test
    void fullBacklog_dropsWhatARestartNeedsLeast_andNeverTheRoundOfItsNonces() {
        StoreChange announced = new StoreChange.RoundAnnounced(round(1), Instant.EPOCH);
        store.full = true;
        writer.write(announced);
        writer.write(removed(1));
        for (int i = 2; i <= BackloggedWriter.MAX_KEPT; i++) {
            writer.write(put(i));
        }
        store.full = false;
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).contains(announced).doesNotContain(removed(1));
    }

    @Test
    void changeUnderWayThatSucceedsInAnOutage_endsIt_andTheProbeFindsNothingLeft() {
        store.hold = true;
        writer.write(put(1));
        writer.write(put(2));
        store.hold = false;
        store.held.getFirst().completeExceptionally(new StoreException("disk full"));

        store.held.getLast().complete(null);
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).containsExactly(put(1));
        assertThat(writer.problem()).isEmpty();
    }

    @Test
    void storeThatFailsAgainWhileTheBacklogGoesOut_isStillDown_andLosesNothing() {
        store.full = true;
        writer.write(put(1));
        writer.write(put(2));
        writer.write(put(3));
        store.full = false;
        store.whenWritten = () -> store.full = true;
        scheduler.advance(Duration.ofSeconds(1));
        assertThat(writer.problem()).contains("disk full");
        assertThat(heard).containsExactly("down: disk full");

        store.whenWritten = () -> {};
        store.full = false;
        scheduler.advance(Duration.ofSeconds(2));

        assertThat(store.written).containsExactlyInAnyOrder(put(1), put(2), put(3));
        assertThat(heard).hasSize(2);
    }

    @Test
    void anotherReason_isToldOnce_andIsTheOneShown() {
        store.full = true;
        writer.write(put(1));
        store.reason = "locked";

        scheduler.advance(Duration.ofSeconds(3));

        assertThat(heard).containsExactly("down: disk full", "still down: locked");
        assertThat(writer.problem()).contains("locked");
    }

    @Test
    void nobodyIsCalledUnderTheWritersLock() {
        List<Boolean> locked = new ArrayList<>();
        AtomicReference<StoreWriter> itself = new AtomicReference<>();
        Runnable look = () -> locked.add(Thread.holdsLock(itself.get()));
        itself.set(new StoreWriter(store, scheduler, event -> {
            if (!(event instanceof AggregatorEvent.StoreWritten)) {
                look.run();
            }
        }));
        store.whenWritten = look;
        store.full = true;
        itself.get().write(put(1), look);
        itself.get().write(put(2));

        store.full = false;
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(locked).hasSize(5).containsOnly(false);
    }

    private static StoreChange put(int number) {
        return new StoreChange.OutboxPut(new ReceivedNonce(submission(number), new MinerId("m"), Instant.EPOCH));
    }

    private static StoreChange removed(int number) {
        return new StoreChange.OutboxRemoved(
                submission(number).blockHash(), submission(number).nonceId());
    }

    private static NonceSubmission submission(int number) {
        return nonce(round(1), 1, number, 1);
    }

    /** A store on a disk that can be full. */
    private static final class FullStore implements EmptyStore {
        private final List<StoreChange> written = new ArrayList<>();
        private final List<CompletableFuture<Void>> held = new ArrayList<>();
        private boolean full;
        private String reason = "disk full";
        private boolean hold;
        private Runnable whenWritten = () -> {};

        /** What is in the queue fails, in its order. */
        void failHeld() {
            held.forEach(future -> future.completeExceptionally(new StoreException("disk full")));
        }

        @Override
        public CompletableFuture<Void> write(StoreChange change) {
            if (full) {
                return CompletableFuture.failedFuture(new StoreException(reason));
            }
            if (hold) {
                held.add(new CompletableFuture<>());
                return held.getLast();
            }
            written.add(change);
            whenWritten.run();
            return CompletableFuture.completedFuture(null);
        }
    }
}
