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
import org.pocx.aggregator.simulator.chain.PlotTruth;

class ScanTest {
    private static final String A = "aa".repeat(20);
    private static final String B = "bb".repeat(20);
    private static final List<Plot> PLOTS =
            List.of(new Plot(A, "01".repeat(32), 1, 4), new Plot(B, "02".repeat(32), 1, 2));

    private final Scan pool = new Scan(SubmissionMode.POOL, 1);
    private final Scan wallet = new Scan(SubmissionMode.WALLET, 1);

    @Test
    void bestOfManyRounds_hasTheMeanOfTheCapacity() {
        double tib = 4;
        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> best(pool.finds(PLOTS.subList(0, 1), round(i))))
                .average()
                .orElseThrow();
        assertThat(mean / (0x1p42 / tib)).isCloseTo(1, within(0.03));
    }

    @Test
    void momentOfTheBest_isAnywhereInTheScan() {
        double mean = IntStream.range(0, 20_000)
                .mapToDouble(i -> pool.finds(PLOTS.subList(0, 1), round(i)).getLast().moment())
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
    }

    @Test
    void finds_haveTheQualityThatTheyClaim() {
        MiningInfo round = round(1);
        assertThat(pool.finds(PLOTS, round)).isNotEmpty().allSatisfy(find -> {
            PlotTruth truth = PlotTruth.of(
                    round.generationSignature(), find.submission().accountId(), find.submission().seed(), 1);
            assertThat(truth.rawQuality(find.submission().nonce()))
                    .isEqualTo(find.submission().rawQuality());
        });
    }

    @Test
    void poolMode_findsTheImprovementsOfEachAccountInOrder() {
        for (int i = 0; i < 100; i++) {
            Map<String, Long> bests = new HashMap<>();
            double before = 0;
            for (Find find : pool.finds(PLOTS, round(i))) {
                assertThat(find.moment()).isBetween(before, 1.0);
                before = find.moment();
                Long best = bests.put(find.submission().accountId(), find.submission().rawQuality());
                assertThat(best == null || best > find.submission().rawQuality()).isTrue();
            }
            assertThat(bests).containsOnlyKeys(A, B);
        }
    }

    @Test
    void walletMode_findsOverallImprovementsOnly() {
        for (int i = 0; i < 100; i++) {
            List<Find> finds = wallet.finds(PLOTS, round(i));
            assertThat(finds).isSortedAccordingTo((a, b) -> Long.compareUnsigned(
                    b.submission().rawQuality(), a.submission().rawQuality()));
            assertThat(best(finds)).isEqualTo(best(pool.finds(PLOTS, round(i))));
        }
    }

    @Test
    void sameRound_givesTheSameFinds() {
        assertThat(pool.finds(PLOTS, round(5))).isEqualTo(pool.finds(PLOTS, round(5)));
        assertThat(new Scan(SubmissionMode.POOL, 2).finds(PLOTS, round(5))).isNotEqualTo(pool.finds(PLOTS, round(5)));
    }

    @Test
    void targetQuality_keepsWorseNoncesBack() {
        MiningInfo open = round(3);
        long limit = (long) best(pool.finds(PLOTS, open)) / open.baseTarget() + 1;
        MiningInfo strict = new MiningInfo(
                open.generationSignature(), open.baseTarget(), open.height(), open.blockHash(), limit, 1, 1, Map.of());
        assertThat(pool.finds(PLOTS, strict)).isNotEmpty().hasSizeLessThan(pool.finds(PLOTS, open).size());
    }

    private static double best(List<Find> finds) {
        return finds.stream().mapToDouble(find -> find.submission().rawQuality()).min().orElseThrow();
    }

    private static MiningInfo round(int number) {
        String hex = "%064x".formatted(number);
        return new MiningInfo(hex, 1 << 20, number, hex);
    }
}
