package org.pocx.aggregator.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SqlValuesTest {

    @Test
    void realOfAU64_isTheNearestDouble() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            long u64 = random.nextLong();
            double nearest = new BigInteger(Long.toUnsignedString(u64)).doubleValue();
            assertThat(SqlValues.real(u64)).as(Long.toUnsignedString(u64)).isEqualTo(nearest);
        }
    }

    @Test
    void realsInTheRange_areReadAsUnsigned() {
        assertThat(SqlValues.u64((Object) 0x1p63)).isEqualTo(Long.MIN_VALUE);
        assertThat(SqlValues.u64((Object) (0x1p63 + 2048))).isEqualTo(Long.MIN_VALUE + 2048);
        assertThat(SqlValues.u64((Object) Math.nextDown(0x1p64))).isEqualTo(-2048L);
        assertThat(SqlValues.u64((Object) 12.4)).isEqualTo(12L);
    }

    @Test
    void realsAbove64Bits_areTheHighestU64() {
        assertThat(SqlValues.u64((Object) 0x1p64)).isEqualTo(-1L);
        assertThat(SqlValues.u64((Object) Double.POSITIVE_INFINITY)).isEqualTo(-1L);
    }

    @Test
    void valueThatIsNotAU64_isNull() {
        assertThat(SqlValues.u64((Object) (-1.0))).isNull();
        assertThat(SqlValues.u64((Object) Double.NaN)).isNull();
        assertThat(SqlValues.u64("12")).isNull();
        assertThat(SqlValues.u64(null)).isNull();
    }

    @Test
    void times_areKeptToTheNanosecond() {
        for (Instant at : new Instant[] {
            Instant.EPOCH, Instant.parse("2026-03-01T12:00:00.123456789Z"), Instant.parse("1969-12-31T23:59:59.9Z")
        }) {
            assertThat(SqlValues.instant(SqlValues.nanos(at))).isEqualTo(at);
        }
    }

    @Test
    void timesOutOfRange_keepTheirOrder() {
        assertThat(SqlValues.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
        assertThat(SqlValues.nanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
    }
}
