package org.pocx.aggregator.statistics.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.Heavy;

/**
 * How soon a loss is reported, and how often one is reported that did not happen: machines of 100 TiB on simulated blocks,
 * with scans of 60 s. Seeds are fixed, so that each run has the same result.
 */
class CapacitySimulationTest {
    private static final double TIB = 100;
    private static final double SCAN_SECS = 60;
    private static final OptionalDouble CONFIGURED = OptionalDouble.of(TIB);
    private static final OptionalDouble LEARNED = OptionalDouble.empty();
    private static final int MUCH = 100_000;
    private static final long MORE_SEEDS = 1_000_000;

    private static SimulatedMachine machine(long seed, OptionalDouble expected) {
        return new SimulatedMachine(seed, SCAN_SECS, expected);
    }

    /** Blocks until the report, on average. */
    private static double meanDelay(long firstSeed, int machines, OptionalDouble expected, int healthy, double left) {
        return IntStream.range(0, machines)
                .map(i -> {
                    SimulatedMachine machine = machine(firstSeed + i, expected);
                    machine.mine(healthy, TIB);
                    return machine.mineUntilReported(20_000, left * TIB);
                })
                .average()
                .orElseThrow();
    }

    private static int falseReports(long firstSeed, int machines, OptionalDouble expected) {
        return IntStream.range(0, machines)
                .map(i -> (int) machine(firstSeed + i, expected).mine(MUCH, TIB).stream()
                        .filter(CapacityDetector.Change.Dropped.class::isInstance)
                        .count())
                .sum();
    }

    @Test
    void half_withConfiguredBaseline_isReportedWithin50BlocksOnAverage() {
        assertThat(meanDelay(1, 200, CONFIGURED, 100, 0.5)).isBetween(25.0, 50.0);
    }

    @Test
    void quarter_withConfiguredBaseline_isReportedWithin250BlocksOnAverage() {
        assertThat(meanDelay(2_000, 200, CONFIGURED, 100, 0.75)).isBetween(120.0, 250.0);
    }

    @Test
    void half_withLearnedBaseline_isReportedWithin80BlocksOnAverage() {
        assertThat(meanDelay(3_000, 200, LEARNED, 500, 0.5)).isBetween(30.0, 80.0);
    }

    @Test
    void quarter_withLearnedBaseline_isReportedWithin400BlocksOnAverage() {
        assertThat(meanDelay(4_000, 50, LEARNED, 3_000, 0.75)).isBetween(150.0, 400.0);
    }

    @Test
    void healthyMachinesWithConfiguredBaseline_areReportedAtMostOncePer100000Blocks() {
        assertThat(falseReports(5_000, 6, CONFIGURED)).isLessThanOrEqualTo(6);
    }

    @Test
    void healthyMachinesThatLearn_areReportedAtMostOncePer100000Blocks() {
        assertThat(falseReports(6_000, 6, LEARNED)).isLessThanOrEqualTo(6);
    }

    @Test
    void lostCapacityThatComesBack_isReportedAsRestored() {
        double blocks = IntStream.range(0, 100)
                .mapToObj(i -> {
                    SimulatedMachine machine = machine(7_000 + i, CONFIGURED);
                    machine.mine(50, TIB);
                    machine.mineUntilReported(20_000, 0.5 * TIB);
                    machine.mine(20, 0.5 * TIB);
                    return machine;
                })
                .filter(SimulatedMachine::isDropped)
                .mapToInt(machine -> machine.mineUntilReported(20_000, TIB))
                .average()
                .orElseThrow();

        assertThat(blocks).isBetween(20.0, 80.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.75})
    void lostCapacity_isNotReportedAsRestored(double left) {
        long restored = IntStream.range(0, 20)
                .mapToLong(i -> {
                    SimulatedMachine machine = machine(8_000 + i, CONFIGURED);
                    machine.mine(50, TIB);
                    machine.mineUntilReported(20_000, left * TIB);
                    return machine.mine(1_000, left * TIB).stream()
                            .filter(CapacityDetector.Change.Restored.class::isInstance)
                            .count();
                })
                .sum();

        assertThat(restored).as("in 20,000 blocks").isLessThanOrEqualTo(8);
    }

    /** With this limit, the machine finds a nonce in 63 % of the rounds. */
    @Test
    void upstreamThatLimitsNonces_delaysTheReport_andCausesNoFalseOne() {
        long limit = (long) (Observation.GENESIS / TIB / 36_650_387_592L);
        double delay = IntStream.range(0, 100)
                .map(i -> {
                    SimulatedMachine machine = new SimulatedMachine(9_000 + i, SCAN_SECS, CONFIGURED, limit);
                    assertThat(machine.mine(300, TIB)).isEmpty();
                    return machine.mineUntilReported(20_000, 0.5 * TIB);
                })
                .average()
                .orElseThrow();

        assertThat(delay).isBetween(30.0, 150.0);
    }

    @Test
    @Heavy
    void halfAndQuarter_ofManyMachines_areReportedAsEarlyAsPromised() {
        assertThat(meanDelay(MORE_SEEDS, 5_000, CONFIGURED, 200, 0.5)).isLessThan(50);
        assertThat(meanDelay(2 * MORE_SEEDS, 5_000, CONFIGURED, 200, 0.75)).isLessThan(250);
    }

    @Test
    @Heavy
    void healthyMachines_over10To20MillionBlocks_areReportedAtMostOncePer100000() {
        assertThat(falseReports(3 * MORE_SEEDS, 200, CONFIGURED)).isLessThan(200);
        assertThat(falseReports(4 * MORE_SEEDS, 200, LEARNED)).isLessThan(200);
    }
}
