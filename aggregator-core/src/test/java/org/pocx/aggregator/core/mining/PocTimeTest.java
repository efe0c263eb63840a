package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PocTimeTest {

    @Test
    void traffic_ofTheField_isReproduced() {
        assertThat(PocTime.forBlockTime(10).seconds(2_403_318_822_551_967L, 439_804_651_110L)).isEqualTo(92);
    }

    @Test
    void randomInputs_equalPlainBigIntegerArithmetic() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            long blockTime = random.nextLong(1, 86_401);
            long rawQuality = random.nextLong() >>> random.nextInt(64);
            long baseTarget = Math.max(1, random.nextLong() >>> (1 + random.nextInt(63)));

            assertThat(PocTime.forBlockTime(blockTime).seconds(rawQuality, baseTarget))
                    .as("%d / %d at %d s", rawQuality, baseTarget, blockTime)
                    .isEqualTo(plain(rawQuality, baseTarget, blockTime));
        }
    }

    @Test
    void blockTime_ofZero_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PocTime.forBlockTime(0));
    }

    /** The formula as the protocol writes it, with nothing clever. */
    private static long plain(long rawQuality, long baseTarget, long blockTime) {
        if (rawQuality == 0) {
            return 0;
        }
        BigInteger time = BigInteger.valueOf(blockTime);
        BigInteger den = cubeRoot(time.shiftLeft(126))
                .multiply(BigInteger.valueOf(3_927_365_422_841L))
                .shiftRight(42);
        BigInteger scale = time.shiftLeft(84).add(den.shiftRight(1)).divide(den);
        BigInteger root = cubeRoot(new BigInteger(Long.toUnsignedString(rawQuality))
                .shiftLeft(63)
                .divide(new BigInteger(Long.toUnsignedString(baseTarget))));
        return scale.multiply(root)
                .add(BigInteger.ONE.shiftLeft(62))
                .shiftRight(63)
                .longValue();
    }

    private static BigInteger cubeRoot(BigInteger value) {
        BigInteger root = BigInteger.ZERO;
        for (int bit = value.bitLength() / 3; bit >= 0; bit--) {
            BigInteger next = root.setBit(bit);
            if (next.pow(3).compareTo(value) <= 0) {
                root = next;
            }
        }
        return root;
    }
}
