package org.pocx.aggregator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.statistics.FarmSnapshot;

final class RenderedStatsTest {
    private final AtomicReference<FarmSnapshot> snapshot = new AtomicReference<>(Snapshots.small());
    private final RenderedStats stats = new RenderedStats(snapshot::get);

    @Test
    void sameSnapshot_isRenderedOnce() {
        assertThat(stats.get()).isSameAs(stats.get());
    }

    @Test
    void newSnapshot_isRendered() {
        stats.get();
        snapshot.set(Snapshots.unknown());

        assertThat(stats.get()).isEqualTo(StatsJson.render(Snapshots.unknown()));
    }
}
