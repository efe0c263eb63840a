package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotTruthTest {
    private static final String SIGNATURE = "0".repeat(64);
    private final PlotTruth truth = PlotTruth.of(SIGNATURE, Nonces.ACCOUNT, Nonces.SEED, 1);

    @Test
    void anyQuality_isThatOfItsNonce() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 10_000; i++) {
            long quality = random.nextLong() >>> random.nextInt(64);
            assertThat(truth.rawQuality(truth.nonceOf(quality))).isEqualTo(quality);
        }
    }

    @Test
    void anyNonce_isThatOfItsQuality() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 10_000; i++) {
            long nonce = random.nextLong();
            assertThat(truth.nonceOf(truth.rawQuality(nonce))).isEqualTo(nonce);
        }
    }

    @Test
    void extremes_areInvertedToo() {
        for (long quality : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(truth.rawQuality(truth.nonceOf(quality))).isEqualTo(quality);
        }
    }

    @Test
    void neighbouringNonces_haveQualitiesOverTheWholeRange() {
        double mean = IntStream.range(0, 100_000)
                .mapToDouble(nonce -> (truth.rawQuality(nonce) >>> 11) * 0x1p-53)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
    }

    @Test
    void anotherPlotOrRound_givesTheNonceAnotherQuality() {
        long quality = truth.rawQuality(42);
        assertThat(PlotTruth.of("1".repeat(64), Nonces.ACCOUNT, Nonces.SEED, 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(PlotTruth.of(SIGNATURE, Nonces.OTHER_ACCOUNT, Nonces.SEED, 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(PlotTruth.of(SIGNATURE, Nonces.ACCOUNT, "cd".repeat(32), 1).rawQuality(42))
                .isNotEqualTo(quality);
        assertThat(PlotTruth.of(SIGNATURE, Nonces.ACCOUNT, Nonces.SEED, 2).rawQuality(42))
                .isNotEqualTo(quality);
    }
}
