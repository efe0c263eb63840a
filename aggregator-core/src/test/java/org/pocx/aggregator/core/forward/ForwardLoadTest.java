package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

final class ForwardLoadTest {
    private static final MiningInfo ROUND = round(100);

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.bestPerAccount(),
            new ForwardSettings(
                    2,
                    RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    ForwardRig.BLOCK_TIME));

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    @Test
    void lanesBeyondTheSlots_areReady() {
        for (int account = 0; account < 5; account++) {
            rig.offer(nonce(ROUND, account, 1, 5), "m");
        }

        assertThat(rig.forwarder.load()).isEqualTo(new ForwardLoad(2, 2, 3, 0));

        rig.run();
        assertThat(rig.forwarder.load()).isEqualTo(new ForwardLoad(0, 2, 0, 0));
    }

    @Test
    void laneInBackOff_isHeld() {
        rig.upstream.judge(nonce -> UpstreamTrouble.busy("later"));
        rig.submit(nonce(ROUND, 1, 1, 5), "m");

        assertThat(rig.forwarder.load()).isEqualTo(new ForwardLoad(0, 2, 0, 1));
    }

    @Test
    void laneOfARoundThatRests_isHeld() {
        rig.upstream.judge(nonce -> UpstreamTrouble.unreachable("reset"));
        rig.submit(nonce(ROUND, 1, 1, 5), "m");
        rig.announce(round(101));
        rig.pass(ForwardRig.BLOCK_TIME.multipliedBy(3));

        assertThat(rig.forwarder.load().lanesHeld()).isEqualTo(1);

        rig.announce(round(102));
        rig.announce(round(103));
        assertThat(rig.forwarder.load().lanesHeld()).isZero();
    }
}
