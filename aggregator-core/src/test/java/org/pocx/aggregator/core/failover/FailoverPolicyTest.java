package org.pocx.aggregator.core.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.upstream.UpstreamState;

final class FailoverPolicyTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FailoverRig rig = new FailoverRig("home", "second");

    private static Duration secs(int secs) {
        return Duration.ofSeconds(secs);
    }

    private void flap(Duration up, Duration down, Duration total) {
        for (Duration left = total; left.isPositive(); left = left.minus(up).minus(down)) {
            rig.upstream("home").isUp = true;
            rig.pass(up);
            rig.upstream("home").isUp = false;
            rig.pass(down);
        }
    }

    @Test
    void allIsWell_staysAtTheFirst() {
        rig.pass(Duration.ofHours(1));

        assertThat(rig.switches).isEmpty();
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.OK);
    }

    @Test
    void activeIsSilent_switchesAfterTheTime_notEarlier() {
        rig.pass(MINUTE);
        rig.upstream("home").isUp = false;
        rig.pass(secs(9));
        assertThat(rig.switches).isEmpty();

        rig.pass(secs(1));

        assertThat(rig.switches).containsExactly("failover second");
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.UNREACHABLE);
    }

    @Test
    void activeAnswersAgain_returnsAfterTheTime_notEarlier() {
        rig.upstream("home").isUp = false;
        rig.pass(secs(20));
        rig.upstream("home").isUp = true;
        rig.pass(secs(30));
        assertThat(rig.switches).containsExactly("failover second");

        rig.pass(secs(1));

        assertThat(rig.switches).containsExactly("failover second", "return home");
    }

    @Test
    void allAreDownAtTheStart_theFirstThatAnswersBecomesActive() {
        rig.upstream("home").isUp = false;
        rig.upstream("second").isUp = false;
        rig.pass(MINUTE);
        assertThat(rig.switches).isEmpty();

        rig.upstream("second").isUp = true;
        rig.pass(secs(1));

        assertThat(rig.switches).containsExactly("failover second");
    }

    @Test
    void noOtherAnswers_stays() {
        rig.pass(MINUTE);
        rig.upstream("home").isUp = false;
        rig.upstream("second").isUp = false;
        rig.pass(MINUTE);

        assertThat(rig.switches).isEmpty();
    }

    @Test
    void preferredOneComesAndGoesEvery15Seconds_atMostThreeSwitches() {
        flap(secs(15), secs(15), Duration.ofMinutes(10));

        assertThat(rig.switches).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void preferredOneComesForLonger_eachReturnTakesTwiceAsLong_andAFailoverIsAsQuickAsTheFirst() {
        rig.pass(MINUTE);
        flap(secs(0), secs(20), secs(20));
        for (int wait : new int[] {31, 61, 121, 241, 481, 961, 1_801, 1_801}) {
            int before = rig.switches.size();
            rig.upstream("home").isUp = true;
            rig.pass(secs(wait - 1));
            assertThat(rig.switches).as("before %s s", wait).hasSize(before);
            rig.pass(secs(1));
            assertThat(rig.switches).as("after %s s", wait).hasSize(before + 1).last().isEqualTo("return home");
            rig.upstream("home").isUp = false;
            rig.pass(secs(10));
            assertThat(rig.switches).hasSize(before + 2).last().isEqualTo("failover second");
        }
    }

    @Test
    void anHourWithoutAFailover_resetsTheTimeOfReturn() {
        for (int i = 0; i < 3; i++) {
            rig.upstream("home").isUp = false;
            rig.pass(secs(20));
            rig.upstream("home").isUp = true;
            rig.pass(Duration.ofMinutes(5));
        }
        assertThat(rig.policy.returnAfter()).isEqualTo(secs(120));

        rig.pass(Duration.ofHours(1));

        assertThat(rig.policy.returnAfter()).isEqualTo(secs(30));
    }

    @Test
    void preferredOneAnswersPollsAndNeverANonce_atMostThreeSwitches() {
        rig.upstream("home").hasVerdicts = false;

        rig.pass(Duration.ofHours(3));

        assertThat(rig.switches).containsExactly("failover second");
        assertThat(rig.switchTimes.getFirst()).isBetween(secs(20), secs(25));
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.NOT_FORWARDING);
    }

    @Test
    void forwardingWorksAgain_returnsAfterAProbe_ofWhichThereIsOneInTheTime() {
        rig.upstream("home").hasVerdicts = false;
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.probes).hasSizeBetween(2, 10);
        for (int i = 1; i < rig.probes.size(); i++) {
            assertThat(rig.probes.get(i).minus(rig.probes.get(i - 1))).isGreaterThanOrEqualTo(secs(30));
        }

        rig.upstream("home").hasVerdicts = true;
        rig.pass(secs(32));

        assertThat(rig.switches).containsExactly("failover second", "return home");
    }

    @Test
    void oneAccountHasNoVerdict_othersWaitToo_stays() {
        rig.pass(MINUTE);
        for (int i = 0; i < 3; i++) {
            rig.policy.noVerdict("home", "a", rig.now() - secs(30).toNanos());
        }
        rig.act();

        assertThat(rig.switches).isEmpty();
    }

    @Test
    void oneAccountHasNoVerdict_andNoOtherHasAnythingToSend_switches() {
        rig.pass(MINUTE);
        rig.isOneAccount = () -> true;
        for (int i = 0; i < 3; i++) {
            rig.policy.noVerdict("home", "a", rig.now() - secs(30).toNanos());
        }
        rig.act();

        assertThat(rig.switches).containsExactly("failover second");
    }

    @Test
    void twoAttemptsWithoutVerdict_stays() {
        rig.pass(MINUTE);
        rig.policy.noVerdict("home", "a", rig.now() - secs(30).toNanos());
        rig.policy.noVerdict("home", "b", rig.now() - secs(30).toNanos());
        rig.act();

        assertThat(rig.switches).isEmpty();
        assertThat(rig.policy.isAlarmed(rig.now())).isTrue();
    }

    @Test
    void aVerdictBetween_stays() {
        rig.pass(MINUTE);
        for (String account : List.of("a", "b", "c")) {
            rig.policy.noVerdict("home", account, rig.now() - secs(30).toNanos());
        }
        rig.policy.verdict("home", false);
        rig.act();

        assertThat(rig.switches).isEmpty();
    }

    @Test
    void allAccountsAreRefused_switches_andReturnsOnlyWhenOneIsAccepted() {
        rig.pass(MINUTE);
        rig.policy.allAccountsRefused("home");
        rig.act();
        assertThat(rig.switches).containsExactly("failover second");

        rig.policy.probeBegan("home", rig.now());
        rig.policy.probeEnded("home", true, true);
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.NOT_FORWARDING);
        rig.policy.probeBegan("home", rig.now());
        rig.policy.probeEnded("home", true, false);

        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.OK);
    }

    @Test
    void behindByMoreThanTwoForAMinute_switches() {
        rig.pass(MINUTE);
        rig.upstream("home").behind = 4;
        rig.pass(secs(59));
        assertThat(rig.switches).isEmpty();

        rig.pass(secs(2));

        assertThat(rig.switches).containsExactly("failover second");
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.BEHIND);
        rig.pass(Duration.ofMinutes(5));
        assertThat(rig.switches).hasSize(1);
    }

    @Test
    void behindByTwo_stays() {
        rig.pass(MINUTE);
        rig.upstream("home").behind = 2;
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.switches).isEmpty();
    }

    @Test
    void otherChainIsHigher_staysAndReportsIt() {
        rig.upstream("second").chain = "other";
        rig.upstream("second").behind = -500;
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.switches).isEmpty();
        assertThat(rig.policy.state("second", rig.now())).isEqualTo(UpstreamState.ANOTHER_CHAIN);
    }

    @Test
    void anotherChain_becomesActiveOnlyWhenNoOtherAnswers() {
        FailoverRig three = new FailoverRig("home", "strange", "third");
        three.upstream("strange").chain = "other";
        three.pass(MINUTE);
        three.upstream("home").isUp = false;
        three.pass(secs(15));
        assertThat(three.switches).containsExactly("failover third");

        three.upstream("third").isUp = false;
        three.pass(secs(15));

        assertThat(three.switches).containsExactly("failover third", "failover strange");
    }

    @Test
    void preferredOneIsBelowTheActive_doesNotReturn() {
        rig.upstream("home").isUp = false;
        rig.pass(secs(20));
        rig.upstream("home").isUp = true;
        rig.upstream("home").behind = 1;
        rig.pass(Duration.ofMinutes(10));
        assertThat(rig.switches).containsExactly("failover second");

        rig.upstream("home").behind = 0;
        rig.pass(secs(1));

        assertThat(rig.switches).containsExactly("failover second", "return home");
    }

    @Test
    void preferredOneIsSynchronising_doesNotReturn() {
        rig.upstream("home").isUp = false;
        rig.pass(secs(20));
        rig.upstream("home").isUp = true;
        rig.upstream("home").isSynchronising = true;
        rig.pass(Duration.ofMinutes(10));

        assertThat(rig.switches).containsExactly("failover second");
        assertThat(rig.policy.state("home", rig.now())).isEqualTo(UpstreamState.SYNCHRONISING);
    }

    @Test
    void answersAreSlow_stays() {
        rig.pass(MINUTE);
        for (int i = 0; i < 100; i++) {
            rig.policy.failed("home"); // a poll that is overdue
            rig.act();
            rig.pass(secs(1));
        }

        assertThat(rig.switches).isEmpty();
    }

    @Test
    void threeUpstreams_fallsBackInOrder_andReturnsToTheBest() {
        FailoverRig three = new FailoverRig("home", "second", "third");
        three.pass(MINUTE);
        three.upstream("home").isUp = false;
        three.upstream("second").isUp = false;
        three.pass(secs(15));
        three.upstream("home").isUp = true;
        three.upstream("second").isUp = true;
        three.pass(secs(40));

        assertThat(three.switches).containsExactly("failover third", "return home");
    }

    @Test
    void activeIsRemoved_theBestThatAnswersTakesItsPlace() {
        FailoverRig three = new FailoverRig("home", "second", "third");
        three.upstream("second").isUp = false;
        three.pass(secs(5));

        assertThat(three.policy.change(FailoverSettings.DEFAULT, List.of("second", "third"), three.now()))
                .get()
                .extracting(FailoverDecision.Switch::id)
                .isEqualTo("third");
    }

    @Test
    void orderChanges_activeStaysUntilTheTimeOfReturn() {
        rig.pass(MINUTE);

        assertThat(rig.policy.change(FailoverSettings.DEFAULT, List.of("second", "home"), rig.now())).isEmpty();
        rig.pass(secs(1));

        assertThat(rig.switches).containsExactly("return second");
    }

    @Test
    void rareAnswersOfAStandby_countAsAnswers() {
        FailoverPolicy policy = new FailoverPolicy(FailoverSettings.DEFAULT, List.of("home", "second"), 0);
        policy.answered("home", "a", 1, false, 0);
        policy.answered("second", "a", 1, false, secs(2).toNanos());

        assertThat(policy.decide(() -> false, secs(10).toNanos()))
                .isInstanceOf(FailoverDecision.Switch.class);
    }

    @Test
    void settings_mustBePositive() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new FailoverSettings(Duration.ZERO, MINUTE));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new FailoverSettings(MINUTE, secs(-1)));
        assertThat(FailoverSettings.DEFAULT.standbyInterval()).isEqualTo(secs(5));
        assertThat(new FailoverSettings(MINUTE, MINUTE).standbyInterval()).isEqualTo(secs(10));
    }

    /** Whatever happens: an upstream that answers is active 11 s later, if the active one does not. */
    @Test
    void randomHistories_failoverIsNeverDelayed_andReturnsAreRare() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            FailoverRig three = new FailoverRig("home", "second", "third");
            int bothBad = 0;
            for (int i = 0; i < 2_000; i++) {
                if (random.nextInt(10) == 0) {
                    FailoverRig.Simulated some =
                            three.upstream(List.of("home", "second", "third").get(random.nextInt(3)));
                    some.isUp = random.nextInt(3) > 0;
                    some.hasVerdicts = random.nextInt(4) > 0;
                    some.isSynchronising = random.nextInt(6) == 0;
                }
                three.pass(secs(1));
                boolean activeIsDown = !three.upstream(three.policy.active()).isUp;
                boolean otherIsUp = List.of("home", "second", "third").stream().anyMatch(id -> three.upstream(id).isUp);
                bothBad = activeIsDown && otherIsUp ? bothBad + 1 : 0;
                assertThat(bothBad).as("seed %s", seed).isLessThanOrEqualTo(10);
            }
            long returns = three.switches.stream().filter(one -> one.startsWith("return")).count();
            assertThat(returns).as("seed %s", seed).isLessThanOrEqualTo(7); // 30, 60, … 1800 s
        }
    }
}
