package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The reference's capacities of a machine and of the network. */
class CapacityVectorsTest {
    private static final int BLOCKS_PER_DAY = 720;

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/capacity.csv", numLinesToSkip = 1, maxCharsPerColumn = 100_000)
    void capacity_isTheReferences(
            String name,
            String currentHeight,
            String submissions,
            String capacityTib,
            String bits,
            int orderStable,
            String text,
            int submissions24h,
            double percentage) {
        BlockWindow window = filled(submissions);
        long current = Long.parseUnsignedLong(currentHeight);

        double tib = window.capacityTib(current);

        assertThat(window.blocksWithinDay(current)).isEqualTo(submissions24h);
        assertThat(submissions24h / (double) BLOCKS_PER_DAY * 100).isEqualTo(percentage);
        if (capacityTib.equals("inf")) {
            assertThat(tib).isInfinite();
            return;
        }
        double expected = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        double tolerance = orderStable == 1 ? Math.ulp(expected) : expected * 1e-12;
        assertThat(tib).isCloseTo(expected, Offset.offset(tolerance));
        assertThat(Capacity.text(tib)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/network_capacity.csv", numLinesToSkip = 1)
    void networkCapacity_isTheReferences_butForTheLargerUnit(String baseTarget, long blockTime, String text) {
        double tib = Capacity.networkTib(Long.parseUnsignedLong(baseTarget), blockTime);

        assertThat(Capacity.text(tib)).isEqualTo(withLargerUnit(text));
    }

    /** The reference prints 1024.0 of a unit where rounding reaches the next one. */
    private static String withLargerUnit(String text) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        for (int i = 0; i < units.length - 1; i++) {
            if (text.equals("1024.0 " + units[i])) {
                return "1.0 " + units[i + 1];
            }
        }
        return text;
    }

    private static BlockWindow filled(String submissions) {
        BlockWindow window = new BlockWindow(BLOCKS_PER_DAY);
        Map<Long, Long> bests = new HashMap<>();
        for (String submission : submissions.split(";")) {
            String[] parts = submission.split(":");
            long height = Long.parseUnsignedLong(parts[0]);
            long best = bests.merge(height, Long.parseUnsignedLong(parts[1]),
                    (a, b) -> Long.compareUnsigned(a, b) <= 0 ? a : b);
            window.put(height, best);
        }
        return window;
    }
}
