package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void unsigned_becomesTheNearestDouble() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> random.nextInt(12);

            assertThat(Capacity.toDouble(value)).isEqualTo(new BigInteger(Long.toUnsignedString(value)).doubleValue());
        }
    }

    @Test
    void text_thatRoundsUpToTheNextUnit_isShownInIt() {
        assertThat(Capacity.text(1023.96 / 1024)).isEqualTo("1.0 TiB");
        assertThat(Capacity.text(1023.94 / 1024)).isEqualTo("1023.9 GiB");
    }

    @Test
    void text_ofWhatCannotBeKnown_isCut() {
        assertThat(Capacity.text(Double.POSITIVE_INFINITY)).isEqualTo("16.0 EiB");
    }

    @Test
    void text_belowAKibibyte_isInBytes() {
        assertThat(Capacity.text(0)).isEqualTo("0 B");
        assertThat(Capacity.text(0x1p-40 * 17.9)).isEqualTo("17 B");
    }
}
