package org.pocx.aggregator.simulator.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.simulator.chain.QualityFunction;

class ScanTest {
    private static final String A = "aa".repeat(20);
    private static final String B = "bb".repeat(20);
    private static final List<Plot> PLOTS =
            List.of(new Plot(A, "01".repeat(32), 1, 4), new Plot(B, "02".repeat(32), 1, 2));

    private final Scan pool = new Scan(SubmissionMode.POOL, new RandomScan(1));
    private final Scan wallet = new Scan(SubmissionMode.WALLET, new RandomScan(1));

    @Test
    void bestQuality_hasTheMeanOfTheCapacity() {
        double tib = 4;
        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> best(pool.run(PLOTS.subList(0, 1), round(i))))
                .average()
                .orElseThrow();
        assertThat(mean / (0x1p42 / tib)).isCloseTo(1, within(0.03));
    }

    @Test
    void positionOfTheBest_isUniformlyDistributed() {
        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> pool.run(PLOTS.subList(0, 1), round(i)).getLast().progress())
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
    }

    @Test
    void foundNonces_haveTheClaimedQuality() {
        MiningInfo round = round(1);
        assertThat(pool.run(PLOTS, round)).isNotEmpty().allSatisfy(nonce -> {
            QualityFunction qualities = QualityFunction.of(
                    round.generationSignature(), nonce.plot().accountId(), nonce.plot().seed(), 1);
            assertThat(qualities.rawQuality(nonce.nonce()))
                    .isEqualTo(nonce.rawQuality());
        });
    }

    @Test
    void poolMode_findsTheImprovementsOfEachAccount() {
        for (int i = 0; i < 100; i++) {
            Map<String, Long> bests = new HashMap<>();
            double previous = 0;
            for (FoundNonce nonce : pool.run(PLOTS, round(i))) {
                assertThat(nonce.progress()).isBetween(previous, 1.0);
                previous = nonce.progress();
                Long best = bests.put(nonce.plot().accountId(), nonce.rawQuality());
                assertThat(best == null || best > nonce.rawQuality()).isTrue();
            }
            assertThat(bests).containsOnlyKeys(A, B);
        }
    }

    @Test
    void walletMode_findsOverallImprovementsOnly() {
        for (int i = 0; i < 100; i++) {
            List<FoundNonce> found = wallet.run(PLOTS, round(i));
            assertThat(found).isSortedAccordingTo((a, b) -> Long.compareUnsigned(
                    b.rawQuality(), a.rawQuality()));
            assertThat(best(found)).isEqualTo(best(pool.run(PLOTS, round(i))));
        }
    }

    @Test
    void sameRound_givesTheSameNonces() {
        assertThat(pool.run(PLOTS, round(5))).isEqualTo(pool.run(PLOTS, round(5)));
        assertThat(new Scan(SubmissionMode.POOL, new RandomScan(2)).run(PLOTS, round(5)))
                .isNotEqualTo(pool.run(PLOTS, round(5)));
    }

    @Test
    void targetQuality_excludesWorseNonces() {
        MiningInfo open = round(3);
        long limit = (long) best(pool.run(PLOTS, open)) / open.baseTarget() + 1;
        MiningInfo strict = new MiningInfo(
                open.generationSignature(), open.baseTarget(), open.height(), open.blockHash(), limit, 1, 1, Map.of());
        assertThat(pool.run(PLOTS, strict)).isNotEmpty().hasSizeLessThan(pool.run(PLOTS, open).size());
    }

    private static double best(List<FoundNonce> found) {
        return found.stream().mapToDouble(nonce -> nonce.rawQuality()).min().orElseThrow();
    }

    private static MiningInfo round(int number) {
        String hex = "%064x".formatted(number);
        return new MiningInfo(hex, 1 << 20, number, hex);
    }
}
