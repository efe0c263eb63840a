package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;
import org.pocx.aggregator.core.testkit.RecordedEvents;

final class EventPublisherTest extends AggregatorListenerContract {
    private static final AggregatorEvent EVENT = new AggregatorEvent.MinerSeen(new MinerId("10.0.0.1"));

    private final RecordedEvents first = new RecordedEvents();
    private final RecordedEvents last = new RecordedEvents();

    @Override
    protected AggregatorListener open() {
        return new EventPublisher(List.of(first, last));
    }

    @Test
    void listenerThatThrows_keepsNothingFromTheOthers() {
        AggregatorListener thrower = event -> {
            throw new IllegalStateException("of this test, to be logged");
        };

        new EventPublisher(List.of(first, thrower, last)).on(EVENT);

        assertThat(first.all()).containsExactly(EVENT);
        assertThat(last.all()).containsExactly(EVENT);
    }
}
