package org.pocx.aggregator.core.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.store.StoreException;

final class BackloggedWriterTest {
    private final List<CompletableFuture<Void>> writes = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> observed = new ArrayList<>();
    private final BackloggedWriter<String> writer =
            new BackloggedWriter<>(this::send, new WholeChange(), () -> 0, new Recording());

    private CompletableFuture<Void> send(String change) {
        sent.add(change);
        writes.add(new CompletableFuture<>());
        return writes.getLast();
    }

    private void write(String change) {
        writer.write(change, () -> observed.add(change + " durable"));
    }

    @Test
    void heldWriter_sendsNothing_untilReleased() {
        writer.hold();
        write("a");
        writer.retry();
        assertThat(sent).isEmpty();

        writer.release();

        assertThat(sent).containsExactly("a");
    }

    @Test
    void changesWhileTheFirstKeptOneIsRetried_waitForIt() {
        writer.hold();
        write("a");
        write("b");
        writer.release();
        write("c");
        assertThat(sent).containsExactly("a");

        writes.getFirst().complete(null);

        assertThat(sent).containsExactly("a", "b", "c");
    }

    @Test
    void heldWriterWhoseOnlyFailedChangeSucceeded_recoversWhenReleased() {
        write("a");
        writes.getFirst().completeExceptionally(new StoreException("disk full"));
        writer.retry();
        writer.hold();
        writes.getLast().complete(null);
        assertThat(writer.problem()).contains("disk full");

        writer.release();

        assertThat(writer.problem()).isEmpty();
        assertThat(observed).containsExactly("failed: disk full, before: null", "a durable", "recovered");
    }

    @Test
    void failureWhileTheKeptOnesAreWritten_keepsTheOutage() {
        write("a");
        write("b");
        writes.forEach(write -> write.completeExceptionally(new StoreException("disk full")));
        writer.retry();
        writes.get(2).complete(null);
        writes.get(3).completeExceptionally(new StoreException("read only"));

        assertThat(writer.problem()).contains("read only");
        writer.retry();
        writes.get(4).complete(null);

        assertThat(sent).containsExactly("a", "b", "a", "b", "b");
        assertThat(writer.problem()).isEmpty();
    }

    private final class Recording implements BackloggedWriter.Observer {
        @Override
        public void failed(String reason, @Nullable String before) {
            observed.add("failed: " + reason + ", before: " + before);
        }

        @Override
        public void recovered(Duration outage) {
            observed.add("recovered");
        }
    }

    private static final class WholeChange implements BacklogPolicy<String> {
        @Override
        public Object subject(String change) {
            return change;
        }

        @Override
        public boolean isExpendable(String change) {
            return false;
        }
    }
}
