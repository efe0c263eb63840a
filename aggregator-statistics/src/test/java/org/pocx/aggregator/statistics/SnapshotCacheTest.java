package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;

class SnapshotCacheTest {
    private final ManualScheduler scheduler = new ManualScheduler();
    private final FarmCounters statistics =
            new FarmCounters(120, scheduler, new SettableClock(Instant.EPOCH), change -> {}, 5, event -> {},
                    new MachineDirectory());
    private final AtomicInteger taken = new AtomicInteger();
    private final SnapshotCache cache = new SnapshotCache(this::take, scheduler::nanoTime);
    private Duration cost = Duration.ZERO;

    private FarmSnapshot take() {
        taken.incrementAndGet();
        scheduler.advance(cost);
        return statistics.snapshot();
    }

    @Test
    void snapshot_isGoodForFiftyTimesOfWhatItCost() {
        cost = Duration.ofMillis(2);
        cache.get();
        scheduler.advance(Duration.ofMillis(99));
        cache.get();
        assertThat(taken).hasValue(1);

        scheduler.advance(Duration.ofMillis(1));
        cache.get();
        assertThat(taken).hasValue(2);
    }

    @Test
    void snapshotThatWasSlowByChance_isGoodForASecondAtMost() {
        cost = Duration.ofSeconds(3);
        cache.get();
        scheduler.advance(SnapshotCache.OLDEST.minusMillis(1));
        cache.get();
        assertThat(taken).hasValue(1);

        scheduler.advance(Duration.ofMillis(1));
        cache.get();
        assertThat(taken).hasValue(2);
    }

    @Test
    void forgottenSnapshot_isTakenAnew() {
        cost = Duration.ofMillis(2);
        cache.get();
        cache.forget();
        cache.get();

        assertThat(taken).hasValue(2);
    }
}
