package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MinerId;

final class RelayTest {
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final List<String> told = new ArrayList<>();
    private final Relay relay = new Relay();

    @BeforeEach
    void tell() {
        relay.tell(new Told());
    }

    private final class Told implements AggregatorListener {
        @Override
        public void minerSilent(MinerId miner, int missedRounds) {
            told.add(miner.address() + " silent for " + missedRounds);
        }

        @Override
        public void minerBack(MinerId miner, Duration silence) {
            told.add(miner.address() + " back after " + silence);
        }

        @Override
        public void storeDown(String reason) {
            told.add("store down: " + reason);
        }

        @Override
        public void storeStillDown(String reason) {
            told.add("store still down: " + reason);
        }

        @Override
        public void storeUp(Duration outage) {
            told.add("store up after " + outage);
        }

        @Override
        public void stored(Duration took) {
            told.add("stored in " + took);
        }
    }

    @Test
    void silence_isPassedOn() {
        relay.silent(MINER, 5);

        assertThat(told).containsExactly("10.0.0.1 silent for 5");
    }

    @Test
    void endOfSilence_isPassedOn() {
        relay.back(MINER, Duration.ofMinutes(7));

        assertThat(told).containsExactly("10.0.0.1 back after PT7M");
    }

    @Test
    void storeDown_isPassedOn() {
        relay.storeDown("disk full");

        assertThat(told).containsExactly("store down: disk full");
    }

    @Test
    void storeStillDown_isPassedOn() {
        relay.storeStillDown("read-only");

        assertThat(told).containsExactly("store still down: read-only");
    }

    @Test
    void storeUp_isPassedOn() {
        relay.storeUp(Duration.ofSeconds(3));

        assertThat(told).containsExactly("store up after PT3S");
    }

    @Test
    void stored_isPassedOn() {
        relay.stored(Duration.ofMillis(2));

        assertThat(told).containsExactly("stored in PT0.002S");
    }

    @Test
    void beforeItKnowsTheListeners_nobodyIsTold() {
        assertThatCode(() -> new Relay().storeDown("disk full")).doesNotThrowAnyException();
    }
}
