package org.pocx.aggregator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;

class BatchCheckTest {
    private static final MiningInfo ROUND = new MiningInfo("5e".repeat(32), 36_650_387_592L, 1_000, "b0".repeat(32));
    private static final String ACCOUNT = "a1".repeat(20);
    private static final String SEED = "5d".repeat(32);
    private static final long QUALITY =
            PocxProof.quality(new PlotNonce(ACCOUNT, SEED, 1, 0), new Challenge("5e".repeat(32), 1_000));

    private static NonceSubmission claim(long nonce, long rawQuality) {
        return NonceSubmission.builder()
                .round(ROUND)
                .accountId(ACCOUNT)
                .seed(SEED)
                .nonce(nonce)
                .compression(0)
                .rawQuality(rawQuality)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bestTrueClaim_isFoundAmongFalseOnes(int threads) throws InterruptedException {
        NonceSubmission good = claim(1, QUALITY);

        assertThat(BatchCheck.best(List.of(claim(2, QUALITY + 1), good, claim(3, 5)), threads)).contains(good);
    }

    @Test
    void noTrueClaim_thereIsNoBest() throws InterruptedException {
        assertThat(BatchCheck.best(List.of(claim(1, QUALITY - 1)), 2)).isEmpty();
        assertThat(BatchCheck.best(List.of(), 2)).isEmpty();
    }

    @Test
    void main_runs() throws InterruptedException {
        BatchCheck.main(new String[0]);
    }
}
