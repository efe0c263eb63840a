package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** An account behind many that hang. On a fake clock: an attempt that is not run hangs. */
class LateAccountTest {
    private static final MiningInfo ROUND = round(100);
    private static final int SLOTS = 32;
    private static final int HANGING = 160;
    private static final long LATE = 1;

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.bestPerAccount(),
            new ForwardSettings(
                    SLOTS,
                    RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    ForwardRig.BLOCK_TIME.multipliedBy(2)));

    @BeforeEach
    void manyThatHang() {
        rig.announce(ROUND);
        rig.upstream.judge(LateAccountTest::judge);
        for (int account = 0; account < HANGING; account++) {
            rig.offer(nonce(ROUND, account, 1, 500), "m");
        }
        rig.scheduler.advance(Duration.ofMillis(10));
        rig.offer(nonce(ROUND, HANGING, 1, LATE), "m");
    }

    @Test
    void attemptsThatHang_areEndedEarly_andEachDelaysTheLateAccountOnce() {
        for (int batch = 0; batch < HANGING / SLOTS; batch++) {
            assertThat(rig.sent()).doesNotContain(LATE);
            rig.scheduler.advance(Duration.ofMillis(1_300));
            rig.run(SLOTS);
        }
        rig.run(1);

        assertThat(rig.sent()).contains(LATE);
    }

    private static SubmitOutcome judge(NonceSubmission submission) {
        return submission.rawQuality() == LATE
                ? new SubmitOutcome.Accepted(LATE)
                : UpstreamTrouble.timedOut("timed out");
    }
}
