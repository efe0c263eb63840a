package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.testkit.ManualScheduler;

class SynchronisationWatchTest {
    private static final Duration BLOCK_TIME = Duration.ofMinutes(2);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> heard = new ArrayList<>();
    private int questions;
    private boolean saysSo;
    private final SynchronisationWatch watch = new SynchronisationWatch(
            BLOCK_TIME,
            () -> {
                questions++;
                return saysSo;
            },
            Runnable::run,
            scheduler::nanoTime,
            event -> {
                if (event instanceof AggregatorEvent.Synchronising changed) {
                    heard.add(changed.evidence()
                            .map(evidence -> "synchronising: " + evidence)
                            .orElse("synchronised"));
                }
            });

    private void rounds(int count, Duration each, int heightsEach) {
        for (int i = 1; i <= count; i++) {
            scheduler.advance(each);
            watch.opened(round(i * heightsEach));
            watch.polled();
        }
    }

    @Test
    void fiveRoundsInTenSeconds_fasterThanAHundredthOfTheBlockTime_areSynchronisation() {
        rounds(4, Duration.ofSeconds(1), 1);
        assertThat(watch.evidence()).isEmpty();

        rounds(5, Duration.ofSeconds(1), 5);

        assertThat(watch.evidence()).isPresent();
        assertThat(heard).hasSize(1);
    }

    @Test
    void quickRounds_withinWhatIsPossible_areNone() {
        rounds(6, Duration.ofMillis(1_300), 1);

        assertThat(watch.evidence()).isEmpty();
    }

    @Test
    void fewRounds_areNone() {
        rounds(20, Duration.ofSeconds(3), 100);

        assertThat(watch.evidence()).isEmpty();
    }

    @Test
    void roundThatStandsForATenthOfTheBlockTime_endsIt() {
        rounds(6, Duration.ofMillis(100), 10);
        scheduler.advance(Duration.ofSeconds(11));
        watch.polled();
        assertThat(watch.evidence()).isPresent();

        scheduler.advance(Duration.ofSeconds(1));
        watch.polled();

        assertThat(watch.evidence()).isEmpty();
        assertThat(heard).last().isEqualTo("synchronised");
    }

    @Test
    void upstreamThatSaysSo_isBelieved_andAskedTwiceAMinute() {
        saysSo = true;
        for (int second = 0; second < 60; second++) {
            watch.polled();
            scheduler.advance(Duration.ofSeconds(1));
        }
        assertThat(questions).isEqualTo(2);
        assertThat(heard).containsExactly("synchronising: it says so itself (getblockchaininfo)");

        saysSo = false;
        watch.polled();

        assertThat(watch.evidence()).isEmpty();
    }
}
