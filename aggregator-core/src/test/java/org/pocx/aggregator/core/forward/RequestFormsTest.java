package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/** An upstream of another version: nonces of the form that it cannot process are held, and no machine is blamed. */
class RequestFormsTest {
    private static final MiningInfo ROUND = round(100);
    private static final UpstreamTrouble MISFIT =
            UpstreamTrouble.misfit(new UpstreamMessage("Unknown named parameter block_hash", "-8"));

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.bestPerAccount(),
            new ForwardSettings(
                    8,
                    RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                    Duration.ofMinutes(4)));

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
        rig.upstream.judge(nonce -> MISFIT);
    }

    private static NonceSubmission withOutputs(NonceSubmission plain) {
        return plain.toBuilder()
                .coinbaseOutputs(new CoinbaseOutputs(List.of(new CoinbaseOutputs.Output("pocx1qexample", 5))))
                .build();
    }

    @Test
    void oneNonceAPollAndASecond_findsOutForAll() {
        for (int account = 1; account <= 5; account++) {
            rig.submit(nonce(ROUND, account, account, 100), "m");
        }
        assertThat(rig.sent()).as("those before the first answer").hasSizeBetween(1, 5);
        int sent = rig.sent().size();

        for (int poll = 0; poll < 10; poll++) {
            rig.pass(Duration.ofMillis(250));
            rig.announce(ROUND);
        }

        assertThat(rig.sent()).hasSizeBetween(sent + 2, sent + 3);
    }

    @Test
    void success_releasesAll_andMisfitIsToldOnce() {
        for (int account = 1; account <= 5; account++) {
            rig.submit(nonce(ROUND, account, account, 100), "m");
        }
        rig.pass(Duration.ofSeconds(2));
        rig.announce(ROUND);
        assertThat(rig.forwarder.misfit()).isPresent();
        rig.upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));

        for (int poll = 0; poll < 3; poll++) {
            rig.pass(Duration.ofSeconds(1));
            rig.announce(ROUND);
        }

        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(5);
        assertThat(rig.forwarder.misfit()).isEmpty();
        assertThat(rig.heard).containsOnlyOnce("misfit " + MISFIT.message().text()).containsOnlyOnce("fits");
    }

    @Test
    void machineIsNotBlamed() {
        for (int poll = 0; poll < 6; poll++) {
            rig.submit(nonce(ROUND, 1, poll, 100 - poll), "m");
            rig.pass(Duration.ofSeconds(2));
            rig.announce(ROUND);
        }

        assertThat(rig.fates.suspects()).isEmpty();
        assertThat(rig.fates.count(Fate.REJECTED)).isZero();
    }

    private static ForwardRig wallet() {
        ForwardRig wallet = new ForwardRig(
                SubmissionFilter.globalBest(),
                new ForwardSettings(
                        4,
                        RetryPolicy.atNextPoll(),
                        Duration.ZERO,
                        new ResendSettings(true, true, ForwardRig.BLOCK_TIME)));
        wallet.announce(ROUND);
        return wallet;
    }

    private static void pollFor(ForwardRig rig, int seconds) {
        for (int second = 0; second < seconds; second++) {
            rig.pass(Duration.ofSeconds(1));
            rig.announce(ROUND);
        }
    }

    private static void restartNode(ForwardRig rig) {
        rig.forwarder.upstreamFailed(UpstreamTrouble.connectionRefused("refused"));
        rig.announce(ROUND);
    }

    @Test
    void confirmedBest_isSentAgain_whenTheRightNodeIsBack() {
        ForwardRig wallet = wallet();
        wallet.submit(nonce(ROUND, 1, 1, 1L << 50), "m");
        wallet.upstream.judge(nonce -> MISFIT);
        restartNode(wallet);
        assertThat(wallet.forwarder.misfit()).isPresent();
        pollFor(wallet, 25);
        wallet.upstream.judge(nonce -> new SubmitOutcome.Accepted(nonce.rawQuality()));
        int sent = wallet.sent().size();

        restartNode(wallet);
        pollFor(wallet, 25);

        assertThat(wallet.sent()).hasSize(sent + 1);
        assertThat(wallet.forwarder.misfit()).isEmpty();
    }

    @Test
    void nonceThatAloneDoesNotFit_holdsUpOthersForThreeTries_andIsReportedNoMoreOften() {
        ForwardRig wallet = wallet();
        wallet.upstream.judge(
                nonce -> nonce.rawQuality() == 1 ? MISFIT : new SubmitOutcome.Accepted(nonce.rawQuality()));
        wallet.submit(nonce(ROUND, 1, 1, 1), "m");
        wallet.submit(nonce(ROUND, 2, 2, 100), "n");

        pollFor(wallet, 10);
        wallet.submit(nonce(ROUND, 2, 3, 90), "n");
        pollFor(wallet, 30);

        assertThat(wallet.sent()).contains(100L, 90L);
        assertThat(wallet.fates.count(Fate.CONFIRMED)).isEqualTo(2);
        assertThat(wallet.heard).filteredOn(("misfit " + MISFIT.message().text())::equals).hasSizeLessThanOrEqualTo(3);
        assertThat(wallet.forwarder.misfit()).isEmpty();
    }

    @Test
    void probes_takeTheirTurnsAmongLanes() {
        rig.upstream.judge(nonce -> nonce.accountId().equals(account(1)) ? MISFIT : new SubmitOutcome.Accepted(5));
        rig.submit(nonce(ROUND, 1, 1, 100), "m");
        for (int account = 2; account <= 5; account++) {
            rig.submit(nonce(ROUND, account, account, 100), "m");
        }

        pollFor(rig, 15);

        assertThat(rig.fates.count(Fate.CONFIRMED)).isEqualTo(4);
    }

    @Test
    void otherForm_goesAtOnce() {
        rig.upstream.judge(
                nonce -> nonce.coinbaseOutputs().isEmpty() ? new SubmitOutcome.Accepted(nonce.rawQuality()) : MISFIT);
        rig.submit(withOutputs(nonce(ROUND, 1, 1, 100)), "m");

        rig.submit(nonce(ROUND, 1, 2, 200), "m");

        assertThat(rig.sent()).containsExactly(100L, 200L);
        assertThat(rig.fates.count(Fate.PENDING)).isEqualTo(1);
    }
}
