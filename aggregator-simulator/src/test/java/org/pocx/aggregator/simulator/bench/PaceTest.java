package org.pocx.aggregator.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofNanos(400), 4);

    @Test
    void turns_areSpreadOverTheInterval() {
        pace.start(1_000);

        assertThat(pace.nextDue(1_000)).isEqualTo(0);
        assertThat(pace.nextDue(1_099)).isEqualTo(-1);
        assertThat(pace.nextDue(1_100)).isEqualTo(1);
    }

    @Test
    void whatWasMissed_isMadeUpFor() {
        pace.start(0);

        for (int turn : new int[] {0, 1, 2, 3, 0, -1}) {
            assertThat(pace.nextDue(450)).isEqualTo(turn);
        }
    }
}
