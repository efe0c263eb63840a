package org.pocx.aggregator.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.pocx.aggregator.core.mining.Capacity;

/** The reference's capacity of a machine. */
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
