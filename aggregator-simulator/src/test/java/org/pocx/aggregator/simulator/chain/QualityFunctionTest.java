package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityFunctionTest {
    private static final String SIGNATURE = "0".repeat(64);
    private final QualityFunction qualities = QualityFunction.of(SIGNATURE, ChainNonces.ACCOUNT, ChainNonces.SEED, 1);

    @Test
    void nonceOfAnyQuality_hasThatQuality() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            long quality = random.nextLong() >>> random.nextInt(64);
            assertThat(qualities.rawQuality(qualities.nonceOf(quality))).isEqualTo(quality);
        }
    }

    @Test
    void qualityOfAnyNonce_givesThatNonce() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 10_000; i++) {
            long nonce = random.nextLong();
            assertThat(qualities.nonceOf(qualities.rawQuality(nonce))).isEqualTo(nonce);
        }
    }

    @Test
    void extremeQualities_areInverted() {
        for (long quality : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(qualities.rawQuality(qualities.nonceOf(quality))).isEqualTo(quality);
        }
    }

    @Test
    void consecutiveNonces_haveUniformQualities() {
        double mean = IntStream.range(0, 100_000)
                .mapToDouble(nonce -> (qualities.rawQuality(nonce) >>> 11) * 0x1p-53)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
    }

    @Test
    void differentPlotOrRound_givesADifferentQuality() {
        long quality = qualities.rawQuality(42);
        assertThat(QualityFunction.of("1".repeat(64), ChainNonces.ACCOUNT, ChainNonces.SEED, 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(QualityFunction.of(SIGNATURE, ChainNonces.OTHER_ACCOUNT, ChainNonces.SEED, 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(QualityFunction.of(SIGNATURE, ChainNonces.ACCOUNT, "cd".repeat(32), 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(QualityFunction.of(SIGNATURE, ChainNonces.ACCOUNT, ChainNonces.SEED, 2).rawQuality(42))
                .isNotEqualTo(quality);
    }
}
