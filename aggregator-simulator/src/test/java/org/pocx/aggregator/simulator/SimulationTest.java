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
import org.pocx.aggregator.simulator.chain.ChainListener;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;

@Timeout(180)
class SimulationTest {
    private static final long TIMEOUT_SECONDS = 60;

    @Test
    void farmOnTheChain_forgesBlocks() throws InterruptedException {
        CountDownLatch won = new CountDownLatch(3);
        try (Simulation simulation = start(settings(SubmissionMode.POOL, 0, 0))) {
            simulation.chain().addListener(new ChainListener() {
                @Override
                public void forged(ForgedBlock block) {
                    block.winner().ifPresent(winner -> won.countDown());
                }
            });
            simulation.startFarm(simulation.upstreamUri());
            assertThat(won.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void realPlots_winBlocksOfAChainThatComputesTheirProofs() throws InterruptedException {
        CountDownLatch won = new CountDownLatch(1);
        SimulationSettings real = new SimulationSettings(
                2, 1, Duration.ofSeconds(120), 60, 1, SubmissionMode.POOL, 0, 0, true, 1, true);
        try (Simulation simulation = start(real)) {
            simulation.chain().addListener(new ChainListener() {
                @Override
                public void forged(ForgedBlock block) {
                    block.winner().ifPresent(winner -> won.countDown());
                }
            });
            simulation.startFarm(simulation.upstreamUri());
            assertThat(won.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void realPlots_areForFewMachines() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulationSettings(
                        65, 1, Duration.ofSeconds(120), 60, 1, SubmissionMode.POOL, 0, 0, true, 1, true))
                .withMessage("machines must be 1 to 64 with real proofs");
    }

    @Test
    void badMachine_isRejectedByTheChain() throws InterruptedException {
        CountDownLatch rejected = new CountDownLatch(1);
        try (Simulation simulation = start(settings(SubmissionMode.POOL, 1, 0))) {
            simulation.chain().addListener(new ChainListener() {
                @Override
                public void validated(ValidatedNonce nonce) {
                    if (!nonce.isAccepted() && !nonce.isStale()) {
                        rejected.countDown();
                    }
                }
            });
            simulation.startFarm(simulation.upstreamUri());
            assertThat(rejected.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void restartedNode_keepsItsAddress() throws InterruptedException {
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
            simulation.startFarm(before);
            assertThat(down.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(up.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(simulation.upstreamUri()).isEqualTo(before);
        }
    }

    @Test
    void farm_isStartedOnlyOnce() {
        Simulation simulation = start(settings(SubmissionMode.POOL, 0, 0));
        try (simulation) {
            simulation.startFarm(simulation.upstreamUri());
            assertThatIllegalStateException().isThrownBy(() -> simulation.startFarm(simulation.upstreamUri()));
        }
        simulation.close();
        assertThatIllegalStateException().isThrownBy(() -> simulation.startFarm(simulation.upstreamUri()));
    }

    @Test
    void settingsOutOfRange_areRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> settings(SubmissionMode.POOL, 21, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings(SubmissionMode.POOL, 0, -1));
    }

    private static Simulation start(SimulationSettings settings) {
        return Simulation.start(settings, new SimulationListener() {});
    }

    private static SimulationSettings settings(SubmissionMode mode, int badMachines, int restartEvery) {
        return new SimulationSettings(20, 4, Duration.ofMinutes(2), 300, 1, mode, badMachines, restartEvery, false, 1);
    }
}
