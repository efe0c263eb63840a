package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectionLimitsTest {

    @ParameterizedTest
    @CsvSource({"256, 20, 20000", "1024, 40, 20000", "65536, 100, 20000", "65536, 100, 50", "4096, 30, 1"})
    void connections_leaveDescriptorsForOtherUses(long max, long open, int configured) {
        ConnectionLimits limits = ConnectionLimits.of(configured, Optional.of(new FileDescriptors(max, open)), 32);

        assertThat(limits.miners()).isBetween(1, configured);
        assertThat(limits.dashboard()).isPositive();
        assertThat(open + limits.miners() + limits.dashboard() + 64 + 16).isLessThanOrEqualTo(max);
    }

    @Test
    void manyDescriptors_allowTheConfiguredNumber() {
        assertThat(ConnectionLimits.of(20_000, Optional.of(new FileDescriptors(1_048_576, 50)), 32))
                .isEqualTo(new ConnectionLimits(20_000, 256));
    }

    @Test
    void unknownDescriptors_allowTheConfiguredNumber() {
        assertThat(ConnectionLimits.of(20_000, Optional.empty(), 32).miners()).isEqualTo(20_000);
    }

    @Test
    void veryFewDescriptors_allowOneConnection() {
        assertThat(ConnectionLimits.of(20_000, Optional.of(new FileDescriptors(30, 30)), 32))
                .isEqualTo(new ConnectionLimits(1, 1));
    }
}
