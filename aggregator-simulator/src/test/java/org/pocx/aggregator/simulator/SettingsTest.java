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

/** All records and builders with which users of the library set it up. */
class SettingsTest {
    private static final Plot PLOT = new Plot("a1".repeat(20), "5d".repeat(32), 1, 1);
    private static final FarmSettings FARM = FarmSettings.stockMiner(SubmissionMode.POOL, Duration.ofMinutes(2));
    private static final ChainSettings CHAIN = ChainSettings.genesis(Duration.ofMinutes(2));

    static Stream<Record> settings() {
        return Stream.of(
                SimulationSettings.small(),
                CHAIN,
                FARM,
                PLOT,
                new MachineSettings(InetAddress.getLoopbackAddress(), List.of(PLOT), Behaviour.HONEST));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void nullArgument_isRefusedByItsName(Record good) throws Exception {
        NullArguments.areRefusedBy(good);
    }

    @Test
    void valueOutOfItsRange_isRefusedByItsName() {
        isRefused("compression", () -> new Plot(PLOT.accountId(), PLOT.seed(), 256, 1));
        isRefused("minimumCompression", () -> new ChainSettings(120, CHAIN.first(), 0, -1, 1));
        isRefused("scanTime", () -> FARM.withScanTime(Duration.ofNanos(-1)));
        isRefused("pollInterval", () -> FARM.withPollInterval(Duration.ZERO));
        isRefused("answerTimeout", () -> FARM.withAnswerTimeout(Duration.ZERO));
        isRefused("blockTimeSeconds", () -> FarmSettings.stockMiner(SubmissionMode.POOL, Duration.ZERO));
    }

    @Test
    void settersOfAChainServer_checkTheirArguments() {
        ChainServerBuilder builder = ChainServer.builder(new SimulatedChain(CHAIN));

        isRefused("port", () -> builder.port(65_536));
        isRefused("path", () -> builder.path("pocx"));
        assertThatNullPointerException().isThrownBy(() -> builder.auth(null)).withMessage("auth");
        assertThatNullPointerException().isThrownBy(() -> builder.clock(null)).withMessage("clock");
    }

    private static void isRefused(String name, ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageStartingWith(name);
    }
}
