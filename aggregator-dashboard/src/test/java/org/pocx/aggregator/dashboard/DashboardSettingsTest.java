package org.pocx.aggregator.dashboard;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocx.aggregator.core.testkit.NullArguments;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.dashboard.alert.AlertSettings;
import org.pocx.aggregator.dashboard.live.LiveFeed;
import org.pocx.aggregator.dashboard.metrics.MetricsSettings;
import org.pocx.aggregator.dashboard.metrics.MetricsSource;
import org.pocx.aggregator.statistics.history.FarmHistory;

/** All settings records of the module. */
class DashboardSettingsTest {
    static Stream<Record> settings() {
        return Stream.of(
                sources(Duration.ofMinutes(2)),
                new AlertSettings(URI.create("http://127.0.0.1/"), "farm", "pool", 1, "test/1"),
                new MetricsSettings("1", 0),
                new MetricsSource(
                        () -> {
                            throw new AssertionError("not asked");
                        },
                        () -> new ForwardLoad(0, 1, 0, 0),
                        Optional::empty));
    }

    private static DashboardSources sources(Duration blockTime) {
        return new DashboardSources(
                () -> {
                    throw new AssertionError("not asked");
                },
                () -> new byte[0],
                FarmHistory.NONE,
                new FixedLuck(),
                () -> new byte[0],
                blockTime,
                new LiveFeed(),
                machine -> List.of(),
                machine -> false);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nullArgument_isRefusedByItsName(Record good) throws Exception {
        NullArguments.areRefusedBy(good);
    }

    @Test
    void blockTimeBelowASecond_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sources(Duration.ofMillis(999)))
                .withMessageContaining("blockTime");
    }
}
