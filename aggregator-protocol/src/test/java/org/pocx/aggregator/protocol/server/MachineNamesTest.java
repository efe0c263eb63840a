package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;

class MachineNamesTest {
    private static final String ADDRESS = "10.0.0.7";

    private long now = Long.MAX_VALUE - 5;
    private final MachineNames names =
            new MachineNames(() -> now, new RateLimitedLog(System.getLogger("test"), () -> now));

    private String admit(String address, String name) {
        return names.admit(new MinerId(address, name), MachineNames.PER_ADDRESS).id();
    }

    private void admit(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(admit(ADDRESS, "rig" + i)).isEqualTo("10.0.0.7/rig" + i);
        }
    }

    @Test
    void machineWithoutName_isItsAddress() {
        assertThat(admit(ADDRESS, "")).isEqualTo(ADDRESS);
        assertThat(names.remembered()).isZero();
    }

    @Test
    void nameBeyond256_isTheBareAddress_andKnownNamesStay() {
        admit(256);

        assertThat(admit(ADDRESS, "further")).isEqualTo(ADDRESS);
        assertThat(admit(ADDRESS, "rig0")).isEqualTo("10.0.0.7/rig0");
        assertThat(admit("10.0.0.8", "further")).isEqualTo("10.0.0.8/further");
        assertThat(names.remembered()).isEqualTo(257);
    }

    @Test
    void nameUnseenForADay_makesRoom() {
        admit(256);
        now += Duration.ofHours(12).toNanos();
        admit(ADDRESS, "rig0");
        now += Duration.ofHours(12).toNanos() - 1;
        assertThat(admit(ADDRESS, "early")).isEqualTo(ADDRESS);
        now++;

        assertThat(admit(ADDRESS, "further")).isEqualTo("10.0.0.7/further");
        assertThat(names.remembered()).isEqualTo(2);
    }

    @Test
    void peerThatIsAnAggregator_has10000Names() {
        for (int i = 0; i < 10_000; i++) {
            names.admit(new MinerId(ADDRESS, "rig" + i), MachineNames.PER_AGGREGATOR);
        }

        assertThat(names.admit(new MinerId(ADDRESS, "rig9999"), MachineNames.PER_AGGREGATOR).name())
                .isEqualTo("rig9999");
        assertThat(names.admit(new MinerId(ADDRESS, "further"), MachineNames.PER_AGGREGATOR).name()).isEmpty();
    }

    @Test
    void nameUnseenLongest_isForgottenAtTheLimit() {
        for (int i = 0; i <= MachineNames.MAX; i++) {
            admit("10." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250, "rig");
        }

        assertThat(names.remembered()).isEqualTo(MachineNames.MAX);
    }
}
