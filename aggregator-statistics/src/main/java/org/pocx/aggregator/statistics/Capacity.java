package org.pocx.aggregator.statistics;

import java.util.Locale;

/**
 * Estimates of plotted capacity (protocol, "Estimates"). The raw quality of a farm's best nonce in a block is
 * distributed exponentially, with a mean of 2^42 / its capacity in TiB.
 */
public final class Capacity {
    private static final double GENESIS = 0x1p42;
    private static final double BYTES_PER_TIB = 0x1p40;
    private static final double MAX_BYTES = 0x1p64;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Capacity() {}

    /**
     * Estimates the capacity from best qualities.
     *
     * @param sumOfBests the sum of the best raw qualities, one per block
     * @param blocks the number of blocks
     * @return TiB; 0 without blocks, infinite if the sum is 0
     */
    public static double tib(double sumOfBests, int blocks) {
        return blocks == 0 ? 0 : GENESIS / (sumOfBests / blocks);
    }

    /**
     * The capacity of the whole network.
     *
     * @param baseTarget u64
     * @param blockTimeSecs greater than 0
     * @return TiB; infinite if the base target is 0
     */
    public static double networkTib(long baseTarget, long blockTimeSecs) {
        return (GENESIS / blockTimeSecs) / toDouble(baseTarget);
    }

    /**
     * {@return the double nearest to the u64, 0 to 2^64}
     *
     * @param unsigned u64
     */
    public static double toDouble(long unsigned) {
        // The shifted value keeps its lowest bit, so that it is rounded to 53 bits correctly.
        return unsigned >= 0 ? unsigned : (double) ((unsigned >>> 1) | (unsigned & 1)) * 2;
    }

    /**
     * Formats a capacity in IEC units with one decimal: {@code 23.8 TiB}; limited to {@code 16.0 EiB}.
     *
     * @param tib not negative; NaN and infinite are limited, too
     * @return number and unit, separated by a space
     */
    public static String text(double tib) {
        double bytes = Math.floor(Math.min(tib * BYTES_PER_TIB, MAX_BYTES));
        if (bytes < 1024) {
            return String.format(Locale.ROOT, "%.0f B", bytes);
        }
        double value = Double.isNaN(bytes) ? MAX_BYTES : bytes;
        int unit = 0;
        // 1023.95 would be shown as 1024.0: the larger unit reads better.
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
