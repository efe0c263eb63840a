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
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** Forwarding to a wallet: one lane a round, failing fast, once more after each good poll. */
class WalletForwarderTest {
    private static final MiningInfo ROUND = round(100);
    private static final SubmitOutcome BUSY =
            UpstreamTrouble.busy("queue is full");

    private final ForwardRig rig =
            new ForwardRig(SubmissionFilter.globalBest(),
                    new ForwardSettings(4, RetryPolicy.atNextPoll(), Duration.ZERO));

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
    }

    @Test
    void bestOverall_isSent() {
        rig.submit(nonce(ROUND, 1, 1, 300), "a");
        rig.submit(nonce(ROUND, 2, 2, 400), "b");
        rig.submit(nonce(ROUND, 3, 3, 200), "c");

        assertThat(rig.sent()).containsExactly(300L, 200L);
    }

    @Test
    void busy_isSentOnceAGoodPoll_andHasNoBackOffOfItsOwn() {
        rig.upstream.judge(submission -> BUSY);
        rig.submit(nonce(ROUND, 1, 1, 300), "a");
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.sent()).hasSize(1);

        rig.announce(ROUND);
        rig.announce(ROUND);

        assertThat(rig.sent()).hasSize(3);
    }

    @Test
    void verdictOnAnother_doesNotSendTheBusyOneBeforeThePoll() {
        rig.upstream.judge(submission -> submission.rawQuality() == 300
                ? new SubmitOutcome.Rejected(new UpstreamMessage("bad", "-26"), true)
                : BUSY);
        rig.offer(nonce(ROUND, 1, 1, 300), "a");
        rig.submit(nonce(ROUND, 1, 2, 200), "b");

        assertThat(rig.sent()).filteredOn(quality -> quality == 200).hasSize(1);
    }

    @Test
    void betterNonce_doesNotWaitForThePoll() {
        rig.upstream.judge(submission -> BUSY);
        rig.submit(nonce(ROUND, 1, 1, 300), "a");

        rig.submit(nonce(ROUND, 1, 2, 200), "b");

        assertThat(rig.sent()).containsExactly(300L, 200L);
    }

    @Test
    void endOfTheRound_endsTheTries_untilItRevives() {
        rig.upstream.judge(submission -> BUSY);
        rig.submit(nonce(ROUND, 1, 1, 300), "a");
        rig.announce(round(101));
        rig.announce(round(101));
        assertThat(rig.sent()).hasSize(1);

        rig.announce(ROUND);

        assertThat(rig.sent()).hasSize(2);
    }

    @Test
    void walletLocked_goesOutOnceItIsUnlocked() {
        rig.upstream.judge(submission -> UpstreamTrouble.walletLocked("unlock it"));
        rig.submit(nonce(ROUND, 1, 1, 300), "a");
        rig.upstream.judge(submission -> new SubmitOutcome.Accepted(submission.rawQuality()));

        rig.announce(ROUND);

        assertThat(rig.heard).contains("confirmed 300 at 300");
    }
}
