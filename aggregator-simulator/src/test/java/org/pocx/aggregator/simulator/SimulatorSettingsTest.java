package org.pocx.aggregator.simulator;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.testkit.NullArguments;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.Plot;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.ChainServerBuilder;

/** The argument checks of all records and builders of settings. */
class SimulatorSettingsTest {
    private static final Plot PLOT = new Plot("a1".repeat(20), "5d".repeat(32), 1, 1);
    private static final FarmSettings FARM = FarmSettings.stockMiner(SubmissionMode.POOL, Duration.ofMinutes(2));
    private static final ChainSettings CHAIN = ChainSettings.genesis(Duration.ofMinutes(2));

    static Stream<Record> settings() {
        return Stream.of(
                new SimulationSettings(20, 4, Duration.ofMinutes(2), 10, 1, SubmissionMode.POOL, 0, 0, false, 1),
                CHAIN,
                FARM,
                PLOT,
                new MachineSettings(InetAddress.getLoopbackAddress(), List.of(PLOT), Behaviour.HONEST));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nullArgument_isRejectedWithItsName(Record good) throws Exception {
        NullArguments.areRefusedBy(good);
    }

    @Test
    void valueOutOfRange_isRejectedWithItsName() {
        isRejected("compression", () -> new Plot(PLOT.accountId(), PLOT.seed(), 256, 1));
        isRejected("logEntries", () -> new ChainSettings(120, CHAIN.first(), 0));
        isRejected("scanTime", () -> FARM.withScanTime(Duration.ofNanos(-1)));
        isRejected("pollInterval", () -> FARM.withPollInterval(Duration.ZERO));
        isRejected("answerTimeout", () -> FARM.withAnswerTimeout(Duration.ZERO));
        isRejected("blockTimeSeconds", () -> FarmSettings.stockMiner(SubmissionMode.POOL, Duration.ZERO));
    }

    @Test
    void chainServerBuilder_checksItsArguments() {
        ChainServerBuilder builder = ChainServer.builder(new SimulatedChain(CHAIN));

        isRejected("port", () -> builder.port(65_536));
        assertThatNullPointerException().isThrownBy(() -> builder.authorization(null)).withMessage("authorization");
        assertThatNullPointerException().isThrownBy(() -> builder.dialect(null)).withMessage("dialect");
    }

    private static void isRejected(String name, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(name);
    }
}
