package org.pocx.aggregator.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.testkit.AggregatorListenerContract;

class ListenerFanTest extends AggregatorListenerContract {
    @Override
    protected AggregatorListener open() {
        return new ListenerFan(List.of(new AggregatorListener() {}, new AggregatorListener() {}));
    }

    @Test
    void listenerThatThrows_keepsNothingFromTheOthers() {
        List<String> told = new ArrayList<>();
        ListenerFan fan = new ListenerFan(List.of(ear(told, "first"), new Thrower(), ear(told, "last")));

        fan.minerSeen(new MinerId("10.0.0.1"));

        assertThat(told).containsExactly("first", "last");
    }

    private static AggregatorListener ear(List<String> told, String name) {
        return new AggregatorListener() {
            @Override
            public void minerSeen(MinerId miner) {
                told.add(name);
            }
        };
    }

    private static final class Thrower implements AggregatorListener {
        @Override
        public void minerSeen(MinerId miner) {
            throw new IllegalStateException("of this test, to be logged");
        }
    }
}
