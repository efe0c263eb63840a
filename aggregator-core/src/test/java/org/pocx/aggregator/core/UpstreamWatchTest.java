package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent.UpstreamUp;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.RecordedEvents;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class UpstreamWatchTest {
    private final RecordedEvents told = new RecordedEvents();
    private Duration now = Duration.ofHours(1);
    private final UpstreamWatch watch = new UpstreamWatch(told, () -> now.toNanos());

    private static UpstreamTrouble away(String message) {
        return UpstreamTrouble.unreachable(message);
    }

    private void fail(String message) {
        watch.down(away(message));
        now = now.plusSeconds(1);
    }

    @Test
    void eachFailedPollOfAnOutage_isToldWithItsOwnTrouble() {
        fail("refused");
        fail("refused");
        fail("HTTP 503");
        watch.up();
        fail("refused");

        assertThat(told.all())
                .containsExactly(
                        Events.down(away("refused")),
                        Events.stillDown(away("refused"), Duration.ofSeconds(1)),
                        Events.stillDown(away("HTTP 503"), Duration.ofSeconds(2)),
                        new UpstreamUp(Duration.ofSeconds(3)),
                        Events.down(away("refused")));
    }

    @Test
    void downAtStart_isToldOnceAsTheBeginning() {
        fail("refused");

        assertThat(told.all()).containsExactly(Events.down(away("refused")));
    }

    @Test
    void upAgainAndAgain_isToldOnce() {
        watch.up();
        watch.up();

        assertThat(told.all()).containsExactly(new UpstreamUp(Duration.ZERO));
    }
}
