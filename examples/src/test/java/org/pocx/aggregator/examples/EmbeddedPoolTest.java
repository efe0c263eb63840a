package org.pocx.aggregator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

class EmbeddedPoolTest {
    private static final MiningInfo ROUND = round(100);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final AtomicInteger proofs = new AtomicInteger();
    private final EmbeddedPool pool = new EmbeddedPool(Set.of(account(1), account(2)), this::prove);

    private long prove(NonceSubmission nonce) {
        proofs.incrementAndGet();
        return nonce.rawQuality();
    }

    @Test
    void worseNonces_costThePoolNoProof() {
        pool.mine(ROUND);
        CountedFates fates = new CountedFates();
        try (Aggregator aggregator =
                Aggregator.builder().upstream(pool).listener(fates).build()) {
            aggregator.start();
            aggregator.submit(nonce(ROUND, 1, 1, 50), MINER);
            aggregator.submit(nonce(ROUND, 2, 1, 60), MINER);
            Await.until("both are proven", () -> pool.shares().size() == 2);
            for (int i = 2; i < 50; i++) {
                aggregator.submit(nonce(ROUND, 1, i, 50 + i), MINER);
            }
            assertThat(fates.count(Fate.PENDING)).isZero();
        }

        assertThat(pool.shares()).isEqualTo(Map.of(account(1), 50L, account(2), 60L));
        assertThat(proofs).hasValue(2);
    }

    @Test
    void sharesOfARound_endWithIt() {
        pool.mine(ROUND);
        pool.submit(nonce(ROUND, 1, 1, 50));
        pool.mine(round(101));

        pool.submit(nonce(ROUND, 1, 2, 40));

        assertThat(pool.shares()).isEmpty();
    }

    /** The reference's figures: proof.csv. */
    @Test
    void realProofs_areJudgedAsANodeDoes() {
        String account = "c7c41fe38245d1a42b45f512bce94aa4e594217b";
        MiningInfo round = new MiningInfo(
                "3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227", 1, 0, "b0".repeat(32));
        long quality = 4_982_342_310_631_687_310L;
        NonceSubmission.Builder nonce = NonceSubmission.builder()
                .round(round)
                .accountId(account)
                .seed("874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651")
                .nonce(0)
                .compression(0);
        EmbeddedPool real = new EmbeddedPool(Set.of(account));
        real.mine(round);

        assertThat(real.submit(nonce.rawQuality(quality - 1).build()))
                .isEqualTo(new SubmitOutcome.Rejected(UpstreamMessage.of("its raw quality is " + quality), true));
        assertThat(real.submit(nonce.rawQuality(quality).build())).isEqualTo(new SubmitOutcome.Accepted(quality));
        assertThat(real.shares()).isEqualTo(Map.of(account, quality));
    }

    @Test
    void main_runs() {
        EmbeddedPool.main(new String[0]);
    }
}
