package org.pocx.aggregator.jdbc;

import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Converts values of the protocol to and from columns.
 *
 * <p>In our own tables a u64 is the INTEGER with the same 64 bits (so 2^63 and above are negative), an id is a BLOB of
 * its bytes, and a time is nanoseconds since 1970. In {@code submissions} the values have the format of the other
 * aggregator: ids and UTC times are text, and a u64 above 2^63-1 is the nearest REAL.
 */
public final class SqlValues {
    private static final HexFormat HEX = HexFormat.of();
    private static final long NANOS = 1_000_000_000L;
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;

    private SqlValues() {}

    /** The bytes of an id. Throws {@link IllegalArgumentException} if it is not hexadecimal. */
    public static byte[] blob(String hex) {
        return HEX.parseHex(hex);
    }

    /** The id of these bytes, in lower case. */
    public static String hex(byte[] blob) {
        return HEX.formatHex(blob);
    }

    /** Nanoseconds since 1970. Times outside 1678 to 2261 become the end of that range. */
    public static long nanos(Instant at) {
        long limit = Long.MAX_VALUE / NANOS - 1;
        long seconds = at.getEpochSecond();
        if (seconds > limit) {
            return Long.MAX_VALUE;
        }
        return seconds < -limit ? Long.MIN_VALUE : seconds * NANOS + at.getNano();
    }

    /** The time of {@link #nanos}. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** The minutes since 1970 of a time that is a whole minute. */
    public static long minute(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), 60);
    }

    /** The first minute that begins at or after that time. */
    public static long minuteFrom(Instant at) {
        return Math.ceilDiv(at.getEpochSecond(), 60) + (at.getEpochSecond() % 60 == 0 && at.getNano() > 0 ? 1 : 0);
    }

    /** The time of {@link #minute(Instant)}. */
    public static Instant minute(long minute) {
        return Instant.ofEpochSecond(Math.multiplyExact(minute, 60L));
    }

    /** Whether a u64 is above 2^63-1, so that it does not fit a signed column. */
    public static boolean isWide(long u64) {
        return u64 < 0;
    }

    /** The REAL nearest to a u64. */
    public static double real(long u64) {
        if (u64 >= 0) {
            return u64;
        }
        // Halved (with the lost bit kept, so that it rounds the same) it fits a signed long; the doubling is exact.
        return ((u64 >>> 1) | (u64 & 1)) * 2.0;
    }

    /** The u64 in a number column of {@code submissions}, or null if the value is not a u64. */
    public static @Nullable Long u64(@Nullable Object column) {
        return switch (column) {
            case Long value -> value;
            case Integer value -> value.longValue();
            case Double value -> u64(value.doubleValue());
            case null, default -> null;
        };
    }

    private static @Nullable Long u64(double real) {
        double rounded = Math.rint(real);
        if (!(rounded >= 0)) {
            return null;
        }
        if (rounded >= TWO_64) {
            return -1L;
        }
        return rounded >= TWO_63 ? (long) (rounded - TWO_63) + Long.MIN_VALUE : (long) rounded;
    }
}
