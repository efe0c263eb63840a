package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.ListenerFan;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class UpstreamWatchTest {
    private final List<String> told = new ArrayList<>();
    private Duration now = Duration.ofHours(1);
    private final UpstreamWatch watch = new UpstreamWatch(new ListenerFan(List.of(new Told())), () -> now.toNanos());

    private final class Told implements AggregatorListener {
        @Override
        public void upstreamDown(UpstreamTrouble trouble) {
            told.add("down: " + trouble.message());
        }

        @Override
        public void upstreamStillDown(UpstreamTrouble trouble, Duration since) {
            told.add("still down after " + since + ": " + trouble.message());
        }

        @Override
        public void upstreamUp(Duration outage) {
            told.add("up after " + outage);
        }
    }

    private void fail(String message) {
        watch.down(new UpstreamTrouble.Unreachable(message, false));
        now = now.plusSeconds(1);
    }

    @Test
    void eachFailedPollOfAnOutage_isToldWithItsOwnTrouble() {
        fail("refused");
        fail("refused");
        fail("HTTP 503");
        watch.up();
        fail("refused");

        assertThat(told)
                .containsExactly(
                        "down: refused",
                        "still down after PT1S: refused",
                        "still down after PT2S: HTTP 503",
                        "up after PT3S",
                        "down: refused");
    }

    @Test
    void downAtStart_isToldOnceAsTheBeginning() {
        fail("refused");

        assertThat(told).containsExactly("down: refused");
    }

    @Test
    void upAgainAndAgain_isToldOnce() {
        watch.up();
        watch.up();

        assertThat(told).containsExactly("up after PT0S");
    }
}
