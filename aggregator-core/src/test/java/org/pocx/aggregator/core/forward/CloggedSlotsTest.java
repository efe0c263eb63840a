package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.BestPerAccount;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.ExponentialBackoff;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Whose turn it is while lanes of which nothing is known hang. On a fake clock: an attempt that is not run hangs. */
class CloggedSlotsTest {
    private static final MiningInfo ROUND = round(100);
    private static final int SLOTS_OF_STRANGERS = 24;
    private static final int HANGING = 400;
    private static final long LATE = 1;

    private final ForwardRig rig = new ForwardRig(
            new BestPerAccount(),
            new ForwardSettings(
                    32,
                    new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    ForwardRig.BLOCK_TIME.multipliedBy(2)));

    @BeforeEach
    void hundredsAndALateComer() {
        rig.announce(ROUND);
        rig.upstream.judge(CloggedSlotsTest::judge);
        for (int account = 0; account < HANGING; account++) {
            rig.offer(nonce(ROUND, account, 1, 500), "m");
        }
        rig.scheduler.advance(Duration.ofMillis(10));
        rig.offer(nonce(ROUND, HANGING, 1, LATE), "m");
    }

    @Test
    void lanesThatHang_letTheLateComerPass() {
        rig.scheduler.advance(Duration.ofMillis(1_300));

        rig.run(SLOTS_OF_STRANGERS + 2);

        assertThat(rig.sent()).contains(LATE);
    }

    @Test
    void aMomentWithoutAnswer_changesNoTurn() {
        rig.scheduler.advance(Duration.ofMillis(100));

        rig.run(SLOTS_OF_STRANGERS + 2);

        assertThat(rig.sent()).doesNotContain(LATE);
    }

    @Test
    void thoseThatWaitedLongest_keepEverySecondTurn() {
        rig.scheduler.advance(Duration.ofMillis(1_300));
        rig.run(SLOTS_OF_STRANGERS + 10);

        assertThat(rig.upstream.submitted().stream().map(NonceSubmission::accountId))
                .contains(nonce(ROUND, SLOTS_OF_STRANGERS, 1, 0).accountId());
    }

    private static SubmitOutcome judge(NonceSubmission submission) {
        return submission.rawQuality() == LATE
                ? new SubmitOutcome.Accepted(LATE)
                : new UpstreamTrouble.Unreachable("timed out", true);
    }
}
