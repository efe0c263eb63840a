package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockWindowTest {
    private static final int DAY = 50;

    /** Compares a growing chain with missed blocks and late nonces with a plain set of heights. */
    @Test
    void blocksWithinDay_equalsAPlainCount() {
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            BlockWindow window = new BlockWindow(DAY);
            TreeSet<Long> heights = new TreeSet<>();
            long current = random.nextLong(1_000, 2_000);
            for (int step = 0; step < 300; step++) {
                current += random.nextInt(3) == 0 ? random.nextInt(random.nextInt(20) == 0 ? 2 * DAY : 3) : 0;
                long height = current - random.nextInt(3);
                if (heights.isEmpty() || height >= heights.last() - 5) {
                    heights.add(height);
                    window.put(height, 1);
                }
                long from = current - DAY;
                assertThat(window.blocksWithinDay(current))
                        .as("run %d step %d", run, step)
                        .isEqualTo((int) heights.stream().filter(h -> h > from).count());
            }
        }
    }

    @Test
    void removedHeight_countsNoMore() {
        BlockWindow window = new BlockWindow(DAY);
        window.put(10, 5);
        window.put(11, 5);

        window.remove(11);

        assertThat(window.blocksWithinDay(11)).isEqualTo(1);
        assertThat(window.capacityTib(11)).isEqualTo(0x1p42 / 5);
    }

    @Test
    void olderRowsInAnyOrder_doNotDisplaceNewerOnes() {
        BlockWindow window = new BlockWindow(720);
        window.put(1_032, 4);
        window.put(1_000, 1);

        assertThat(window.capacityTib(1_032)).isEqualTo(0x1p42 / 4);
    }

    @Test
    void heightsNear2Pow64_areUnsigned() {
        BlockWindow window = new BlockWindow(720);
        window.put(-3, 8);
        window.put(-2, 8);

        assertThat(window.capacityTib(-2)).isEqualTo(0x1p42 / 8);
        assertThat(window.blocksWithinDay(-2)).isEqualTo(2);
    }
}
