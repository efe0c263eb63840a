package org.pocx.aggregator.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class AlertQueueTest {
    private static final Alert ALERT = new Alert(Alert.Kind.STORE_DOWN, Instant.EPOCH, "disk full", Map.of());

    private final AlertQueue queue = new AlertQueue();

    @Test
    void alertsBeyondTheCapacity_areCountedOnly() {
        for (int i = 0; i < AlertQueue.CAPACITY + 100; i++) {
            queue.offer(ALERT);
        }

        AlertBatch batch = queue.drain();
        assertThat(batch.alerts()).hasSize(AlertQueue.CAPACITY);
        assertThat(batch.size()).isEqualTo(AlertQueue.CAPACITY + 100);
        assertThat(queue.drain().size()).isZero();
    }

    @Test
    void incompleteBatch_becomesASummary_whateverTheLimit() {
        for (int i = 0; i <= AlertQueue.CAPACITY; i++) {
            queue.offer(ALERT);
        }

        assertThat(queue.drain().messages(Integer.MAX_VALUE, Instant.EPOCH))
                .extracting(Alert::kind)
                .containsExactly(Alert.Kind.SUMMARY);
    }

    @Test
    void batchWithinTheLimit_isSentUnchanged() {
        queue.offer(ALERT);
        queue.offer(ALERT);

        assertThat(queue.drain().messages(2, Instant.EPOCH)).isEqualTo(List.of(ALERT, ALERT));
    }

    @Test
    void closedQueue_acceptsNothing_andEndsWaiting() throws InterruptedException {
        queue.offer(ALERT);
        queue.close();
        queue.offer(ALERT);

        queue.pause(Duration.ofHours(1).toNanos());
        assertThat(queue.awaitOne()).isTrue();
        assertThat(queue.drain().alerts()).hasSize(1);
        assertThat(queue.awaitOne()).isFalse();
    }
}
