package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** The queue of events in front of the rules. */
class BlockTrackerTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<HistoryChange> stored = new ArrayList<>();
    private boolean broken;
    private final BlockTracker tracker = new BlockTracker(
            120,
            scheduler,
            new SettableClock(Instant.parse("2026-03-01T12:00:00Z")),
            this::store,
            height -> List.of(),
            new Nobody());

    private void store(HistoryChange change) {
        if (broken) {
            throw new IllegalStateException("broken");
        }
        stored.add(change);
    }

    private static final class Nobody implements BlockObserver {
        @Override
        public void won(WonBlock block) {}

        @Override
        public void forked(WonBlock block) {}

        @Override
        public void lost(ProbableLoss loss) {}

        @Override
        public void counted(double expectedWins, long unseen) {}
    }

    @Test
    void eventsThatWait_areBounded() {
        for (int i = 0; i < BlockTracker.MAX_INPUTS + 10; i++) {
            tracker.on(new AggregatorEvent.UpstreamUp(Duration.ZERO));
        }
        assertThat(tracker.waiting()).isEqualTo(BlockTracker.MAX_INPUTS);

        tracker.flush();

        assertThat(tracker.waiting()).isZero();
    }

    @Test
    void announcement_isProcessedByTheScheduler_notByWhoeverBringsIt() {
        tracker.on(Events.opened(Nonces.round(1)));
        assertThat(stored).isEmpty();

        scheduler.advance(Duration.ZERO);

        assertThat(stored).hasSize(1);
    }

    @Test
    void failure_stopsNothingForEver() {
        tracker.on(Events.opened(Nonces.round(1)));
        broken = true;
        assertThatIllegalStateException().isThrownBy(() -> scheduler.advance(Duration.ZERO));
        broken = false;
        tracker.on(Events.opened(Nonces.round(2)));

        scheduler.advance(Duration.ZERO);

        assertThat(stored).hasSize(1);
    }
}
