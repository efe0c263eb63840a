package org.pocx.aggregator.core.mining;

import java.math.BigInteger;

/**
 * Time bending: how long after the previous block a nonce may forge, from its raw quality. Immutable, thread-safe.
 *
 * <p>The arithmetic is exact, in integers with fixed-point scale, as the reference has it (protocol, "poc_time"): with
 * Q = 42, P = 21 and G = Gamma(4/3) in Q42,
 *
 * <pre>
 * cb    = icbrt(block_time &lt;&lt; 3Q)
 * den   = (cb * G) &gt;&gt; Q
 * SCALE = ((block_time &lt;&lt; 2Q) + (den &gt;&gt; 1)) / den
 * r     = icbrt((raw_quality &lt;&lt; 3P) / base_target)
 * time  = (SCALE * r + (1 &lt;&lt; (P + Q - 1))) &gt;&gt; (P + Q)      its low 64 bits
 * </pre>
 */
public final class PocTime {
    private static final int Q = 42;
    private static final int P = 21;
    private static final BigInteger GAMMA_4_3 = BigInteger.valueOf(3_927_365_422_841L);
    private static final double TWO_POW_63 = 0x1p63;

    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(P + Q - 1);

    private final BigInteger scale;

    private PocTime(BigInteger scale) {
        this.scale = scale;
    }

    /**
     * Time bending for one block time.
     *
     * @param blockTimeSecs u64 seconds, not 0
     * @return what reckons with that block time; immutable
     */
    public static PocTime forBlockTime(long blockTimeSecs) {
        if (blockTimeSecs == 0) {
            throw new IllegalArgumentException("block time must be at least 1 second");
        }
        BigInteger blockTime = unsigned(blockTimeSecs);
        BigInteger denominator = cubeRoot(blockTime.shiftLeft(3 * Q)).multiply(GAMMA_4_3).shiftRight(Q);
        return new PocTime(blockTime.shiftLeft(2 * Q).add(denominator.shiftRight(1)).divide(denominator));
    }

    /**
     * The poc_time of a nonce.
     *
     * @param rawQuality u64
     * @param baseTarget u64 &gt; 0
     * @return u64 seconds; 0 for a raw quality of 0
     */
    public long seconds(long rawQuality, long baseTarget) {
        if (rawQuality == 0) {
            return 0;
        }
        BigInteger root = BigInteger.valueOf(rootOfRatio(rawQuality, baseTarget));
        return scale.multiply(root).add(HALF).shiftRight(P + Q).longValue();
    }

    /** {@code icbrt((rawQuality << 63) / baseTarget)}: a guess in floating point that is then made exact. */
    private static long rootOfRatio(long rawQuality, long baseTarget) {
        long guess = (long) Math.cbrt(toDouble(rawQuality) * TWO_POW_63 / toDouble(baseTarget));
        BigInteger scaled = unsigned(rawQuality).shiftLeft(3 * P);
        BigInteger divisor = unsigned(baseTarget);
        while (cubeTimes(guess, divisor).compareTo(scaled) > 0) {
            guess--;
        }
        while (cubeTimes(guess + 1, divisor).compareTo(scaled) <= 0) {
            guess++;
        }
        return guess;
    }

    /** r is at most the cube root of floor(n / d) just when r * r * r * d is at most n. */
    private static BigInteger cubeTimes(long root, BigInteger factor) {
        BigInteger r = BigInteger.valueOf(root);
        return r.multiply(r).multiply(r).multiply(factor);
    }

    private static BigInteger cubeRoot(BigInteger value) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / 3 + 1);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (middle.pow(3).compareTo(value) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static BigInteger unsigned(long value) {
        return value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
    }

    private static double toDouble(long unsigned) {
        // The shifted value keeps its lowest bit, so that the rounding to 53 bits sees it.
        return unsigned >= 0 ? unsigned : (double) ((unsigned >>> 1) | (unsigned & 1)) * 2;
    }
}
