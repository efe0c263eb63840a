package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.SubmissionFilter;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.retry.RetryPolicy;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** An account that the upstream refuses holds back its own nonces, and only as long as it is refused. */
class RefusedAccountTest {
    private static final MiningInfo ROUND = round(100);
    private static final UpstreamTrouble NO_KEY =
            UpstreamTrouble.accountRefused(new UpstreamMessage("No private key available", "-5"));

    private final ForwardRig rig = new ForwardRig(
            SubmissionFilter.globalBest(),
            new ForwardSettings(
                    4,
                    RetryPolicy.atNextPoll(),
                    Duration.ZERO,
                    new ResendSettings(true, false, ForwardRig.BLOCK_TIME)));

    @BeforeEach
    void mining() {
        rig.announce(ROUND);
        rig.upstream.judge(nonce -> nonce.accountId().equals(account(1)) ? NO_KEY : accepted(nonce));
    }

    private static SubmitOutcome accepted(NonceSubmission nonce) {
        return new SubmitOutcome.Accepted(nonce.rawQuality());
    }

    private void submit(int account, long rawQuality) {
        rig.submit(nonce(ROUND, account, rawQuality, rawQuality), "m" + account);
    }

    private void pollFor(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minusSeconds(1)) {
            rig.pass(Duration.ofSeconds(1));
            rig.announce(ROUND);
        }
    }

    @Test
    void otherAccountsOfTheLane_goOnAtOnce() {
        submit(1, 100);
        submit(2, 300);

        assertThat(rig.sent()).containsExactly(100L, 300L);
        assertThat(rig.heard).contains("confirmed 300 at 300");
    }

    @Test
    void betterNonceOfTheAccount_waitsWithAReceipt_andIsNotReportedAsRejected() {
        submit(1, 100);
        int heard = rig.heard.size();
        var better = rig.offer(nonce(ROUND, 1, 50, 50), "m1");
        rig.run();

        assertThat(rig.sent()).containsExactly(100L);
        assertThat(better.receipt()).isDone();
        assertThat(rig.heard).hasSize(heard);
        assertThat(rig.fates.count(Fate.REJECTED)).isZero();
        assertThat(rig.store.load(Instant.EPOCH).outbox()).hasSize(1);
        assertThat(rig.store.load(Instant.EPOCH).verdicts()).isEmpty();
    }

    @Test
    void probe_goesAfterTenSeconds_doublingToSixty() {
        submit(1, 100);
        pollFor(Duration.ofSeconds(9));
        assertThat(rig.sent()).hasSize(1);
        pollFor(Duration.ofSeconds(2));
        assertThat(rig.sent()).hasSize(2);
        pollFor(Duration.ofSeconds(18));
        assertThat(rig.sent()).hasSize(2);
        pollFor(Duration.ofSeconds(3));
        assertThat(rig.sent()).hasSize(3);

        pollFor(Duration.ofMinutes(10));

        assertThat(rig.sent()).hasSizeBetween(12, 14);
    }

    @Test
    void acceptedAgain_theBestOfTheAccountGoesOut() {
        submit(1, 100);
        submit(1, 50);
        submit(2, 300);
        rig.upstream.judge(RefusedAccountTest::accepted);

        pollFor(Duration.ofSeconds(15));

        assertThat(rig.sent()).containsExactly(100L, 300L, 50L);
        assertThat(rig.heard).contains("accepted again " + account(1));
    }

    @Test
    void manyAccounts_areProbedOneASecond() {
        rig.upstream.judge(nonce -> NO_KEY);
        for (int account = 1; account <= 5; account++) {
            submit(account, 100L * account);
        }
        assertThat(rig.sent()).hasSize(5);

        pollFor(Duration.ofSeconds(10));
        assertThat(rig.sent()).hasSizeBetween(5, 6);
        pollFor(Duration.ofSeconds(2));
        assertThat(rig.sent()).hasSizeBetween(7, 8);
        pollFor(Duration.ofSeconds(4));
        assertThat(rig.sent()).hasSize(10);
    }

    private static ForwardRig pool() {
        ForwardRig pool = new ForwardRig(
                SubmissionFilter.bestPerAccount(),
                new ForwardSettings(
                        4,
                        RetryPolicy.exponentialBackoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 0),
                        Duration.ofMinutes(4)));
        pool.announce(ROUND);
        return pool;
    }

    private static void pollFor(ForwardRig pool, int seconds) {
        for (int second = 0; second < seconds; second++) {
            pool.pass(Duration.ofSeconds(1));
            pool.announce(ROUND);
        }
    }

    @Test
    void moreAccountsThanCanBeProbedInAMinute_haveTheirTurnOneAfterAnother() {
        ForwardRig pool = pool();
        pool.upstream.judge(nonce -> NO_KEY);
        for (int account = 1; account <= 100; account++) {
            pool.submit(nonce(ROUND, account, 1, 100), "m" + account);
        }

        pollFor(pool, 130);

        assertThat(pool.upstream.submitted().stream()
                .collect(Collectors.groupingBy(NonceSubmission::accountId, Collectors.counting()))
                .values())
                .hasSize(100)
                .allMatch(times -> times >= 2);
    }

    @Test
    void moreAccountsThanAreRemembered_areRejected_andCauseNoMoreRequests() {
        ForwardRig pool = pool();
        pool.upstream.judge(nonce -> NO_KEY);
        for (int account = 1; account <= RefusedAccounts.MAX + 50; account++) {
            pool.submit(nonce(ROUND, account, 1, 100), "m" + account);
        }
        int sent = pool.sent().size();

        pollFor(pool, 5);

        assertThat(pool.sent()).hasSizeBetween(sent, sent + 5);
        assertThat(pool.fates.count(Fate.REJECTED)).isEqualTo(50);
        assertThat(pool.fates.count(Fate.PENDING)).isEqualTo(RefusedAccounts.MAX);
    }

    @Test
    void accountsWhoseNoncesAreGone_makePlaceForOthers() {
        RefusedAccounts accounts = new RefusedAccounts();
        for (int account = 1; account <= RefusedAccounts.MAX; account++) {
            accounts.refused(account(account), UpstreamMessage.NONE, 0);
        }

        accounts.refused("early", UpstreamMessage.NONE, Duration.ofMinutes(59).toNanos());
        assertThat(accounts.contains("early")).isFalse();
        accounts.refused("late", UpstreamMessage.NONE, Duration.ofMinutes(62).toNanos());

        assertThat(accounts.contains("late")).isTrue();
    }

    @Test
    void rejectedProbe_doesNotReleaseTheAccount() {
        submit(1, 100);
        rig.upstream.judge(nonce -> new SubmitOutcome.Rejected(new UpstreamMessage("bad", "-26"), true));

        pollFor(Duration.ofSeconds(12));

        assertThat(rig.sent()).hasSize(2);
        assertThat(rig.heard).doesNotContain("accepted again " + account(1));
    }

    @Test
    void nextRound_holdsTheAccountStill_untilItsProbeIsDue() {
        submit(1, 100);
        rig.announce(round(101));
        rig.submit(nonce(round(101), 1, 1, 70), "m1");
        assertThat(rig.sent()).hasSize(1);
        rig.upstream.judge(RefusedAccountTest::accepted);

        for (int second = 0; second < 12; second++) {
            rig.pass(Duration.ofSeconds(1));
            rig.announce(round(101));
        }

        assertThat(rig.sent()).containsExactly(100L, 70L);
    }

    @Test
    void refusedAccount_makesNoMachineSuspect_butThreeOfThemRankBehind() {
        for (int account = 11; account <= 13; account++) {
            rig.upstream.judge(nonce -> NO_KEY);
            rig.submit(nonce(ROUND, account, account, 100 + account), "many");
        }
        assertThat(rig.fates.suspects()).isEmpty();

        rig.upstream.judge(RefusedAccountTest::accepted);
        rig.offer(nonce(ROUND, 21, 1, 10), "many");
        rig.offer(nonce(ROUND, 22, 1, 20), "few");
        rig.run();

        assertThat(rig.sent().subList(3, 5)).containsExactly(20L, 10L);
    }

    @Test
    void accountOfAPool_isProbedInItsOwnLane() {
        ForwardRig pool = pool();
        pool.upstream.judge(nonce -> UpstreamTrouble.accountRefused(new UpstreamMessage("not assigned", "-32007")));
        pool.submit(nonce(ROUND, 1, 1, 300), "m");
        pool.submit(nonce(ROUND, 1, 2, 200), "m");
        assertThat(pool.sent()).containsExactly(300L);

        pool.upstream.judge(RefusedAccountTest::accepted);
        pollFor(pool, 12);

        assertThat(pool.sent()).containsExactly(300L, 200L);
    }
}
