package org.pocx.aggregator.core.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;

class MachineTrustTest {
    private static final MinerId BARE = new MinerId("10.0.0.7");
    private static final MinerId ONE = new MinerId("10.0.0.7", "one");
    private static final MinerId TWO = new MinerId("10.0.0.7", "two");

    private final MachineTrust trust = new MachineTrust();
    private long now = 1;
    private final MachineTrust.InRound round = trust.newRound(() -> now);

    private void badNonces(MinerId machine, int times) {
        for (int i = 0; i < times; i++) {
            round.badNonce(machine);
        }
    }

    @Test
    void namesWithoutConfirmedNonce_areOneMachine() {
        badNonces(ONE, 2);
        badNonces(TWO, 1);

        assertThat(round.ranksBehind(ONE)).isTrue();
        assertThat(round.ranksBehind(TWO)).isTrue();
        assertThat(round.ranksBehind(new MinerId("10.0.0.7", "invented"))).isTrue();
        assertThat(round.ranksBehind(BARE)).isTrue();
        assertThat(round.ranksBehind(new MinerId("10.0.0.8", "one"))).isFalse();
        assertThat(round.competitor(ONE)).isEqualTo(round.competitor(TWO)).isEqualTo("10.0.0.7");
    }

    @Test
    void nameWithConfirmedNonce_countsForItself() {
        trust.confirmed(ONE, now);
        badNonces(ONE, 3);

        assertThat(round.ranksBehind(ONE)).isTrue();
        assertThat(round.ranksBehind(TWO)).isFalse();
        assertThat(round.ranksBehind(BARE)).isFalse();
        assertThat(round.competitor(ONE)).isEqualTo("10.0.0.7/one");
    }

    @Test
    void badNoncesOfInventedNames_doNotCountForANameWithConfirmedNonce() {
        trust.confirmed(ONE, now);
        badNonces(TWO, 3);

        assertThat(round.ranksBehind(ONE)).isFalse();
        assertThat(round.badNonces(ONE)).isZero();
    }

    @Test
    void nameIsTrusted_forADay() {
        trust.confirmed(ONE, now);

        assertThat(round.isTrusted(ONE)).isTrue();
        assertThat(round.isTrusted(TWO)).isFalse();
        assertThat(round.isTrusted(BARE)).isFalse();
        now += Duration.ofDays(1).toNanos();
        assertThat(round.isTrusted(ONE)).isFalse();
        assertThat(round.competitor(ONE)).isEqualTo("10.0.0.7");
    }

    @Test
    void namesOfATrustedAddress_areTrustedAsThisOneMachine() {
        trust.confirmed(BARE, now);

        assertThat(round.isTrusted(ONE)).isTrue();
        assertThat(round.competitor(ONE)).isEqualTo("10.0.0.7");
    }

    @Test
    void suspectWhoseConfirmationIsTakenBack_staysSuspect() {
        trust.confirmed(ONE, now);
        badNonces(ONE, 3);
        trust.withdraw(ONE);

        assertThat(round.isTrusted(ONE)).isFalse();
        assertThat(round.ranksBehind(ONE)).isTrue();
        assertThat(round.ranksBehind(TWO)).isFalse();
    }

    @Test
    void thirdBadNonceOfAnAddress_isReportedOnce() {
        assertThat(round.badNonce(ONE)).isFalse();
        assertThat(round.badNonce(TWO)).isFalse();
        assertThat(round.badNonce(ONE)).isTrue();
        assertThat(round.badNonce(TWO)).isFalse();
    }

    @Test
    void refusedAccountsOfInventedNames_countForTheAddress() {
        round.refusedAccount(ONE, "a");
        round.refusedAccount(TWO, "b");
        assertThat(round.ranksBehind(TWO)).isFalse();
        round.refusedAccount(ONE, "c");

        assertThat(round.ranksBehind(TWO)).isTrue();
        trust.confirmed(ONE, now);
        assertThat(round.ranksBehind(ONE)).isFalse();
    }

    @Test
    void machineConfirmedLongestAgo_isForgottenAtTheLimit() {
        for (int i = 0; i <= MachineTrust.MAX_MACHINES; i++) {
            trust.confirmed(new MinerId("10.0.0.7", "rig" + i), now);
        }

        assertThat(round.isTrusted(new MinerId("10.0.0.7", "rig0"))).isFalse();
        assertThat(round.isTrusted(new MinerId("10.0.0.7", "rig1"))).isTrue();
    }
}
