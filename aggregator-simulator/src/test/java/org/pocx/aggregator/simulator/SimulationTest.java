package org.pocx.aggregator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.LedgerEntry;

@Timeout(180)
class SimulationTest {
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void farmPointedAtTheChain_forgesBlocks() throws InterruptedException {
        CountDownLatch won = new CountDownLatch(3);
        SimulationListener listener = new SimulationListener() {
            @Override
            public void forged(ForgedBlock block) {
                block.winner().ifPresent(winner -> won.countDown());
            }
        };
        try (Simulation simulation = Simulation.start(settings(SubmissionMode.POOL, 0, 0), listener)) {
            simulation.pointFarmAt(simulation.upstreamUri());
            assertThat(won.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void badMachines_areRefusedByTheChain() throws InterruptedException {
        CountDownLatch refused = new CountDownLatch(1);
        SimulationListener listener = new SimulationListener() {
            @Override
            public void refused(LedgerEntry entry) {
                if (entry.isRejected()) {
                    refused.countDown();
                }
            }
        };
        try (Simulation simulation = Simulation.start(settings(SubmissionMode.POOL, 1, 0), listener)) {
            simulation.pointFarmAt(simulation.upstreamUri());
            assertThat(refused.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void restartingNode_goesDownAndComesUpAtTheSamePlace() throws InterruptedException {
        CountDownLatch down = new CountDownLatch(1);
        CountDownLatch up = new CountDownLatch(1);
        SimulationListener listener = new SimulationListener() {
            @Override
            public void nodeDown(URI node) {
                down.countDown();
            }

            @Override
            public void nodeUp(URI node) {
                up.countDown();
            }
        };
        try (Simulation simulation = Simulation.start(settings(SubmissionMode.WALLET, 0, 1), listener)) {
            URI before = simulation.upstreamUri();
            simulation.pointFarmAt(before);
            assertThat(down.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(up.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(simulation.upstreamUri()).isEqualTo(before);
        }
    }

    @Test
    void farm_isPointedOnceOnly() {
        Simulation simulation = Simulation.start(settings(SubmissionMode.POOL, 0, 0), new SimulationListener() {});
        try (simulation) {
            simulation.pointFarmAt(simulation.upstreamUri());
            assertThatIllegalStateException().isThrownBy(() -> simulation.pointFarmAt(simulation.upstreamUri()));
        }
        simulation.close();
        assertThatIllegalStateException().isThrownBy(() -> simulation.pointFarmAt(simulation.upstreamUri()));
    }

    @Test
    void settingsOutOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(SubmissionMode.POOL, 21, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(SubmissionMode.POOL, 0, -1));
        assertThat(SimulationSettings.small().machines()).isEqualTo(20);
    }

    private static SimulationSettings settings(SubmissionMode mode, int badMachines, int restartEvery) {
        return new SimulationSettings(20, 4, Duration.ofMinutes(2), 300, 1, mode, badMachines, restartEvery, false);
    }
}
