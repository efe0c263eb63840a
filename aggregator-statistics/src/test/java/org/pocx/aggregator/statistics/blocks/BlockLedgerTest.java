package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.OTHERS;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.OURS;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.next;

import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Who won, with which machine, what is counted, and what should have been won. */
class BlockLedgerTest {
    private static final String FIRST = Nonces.hash(7);
    private static final String RIG = "10.0.0.7";

    private final LedgerRig rig = new LedgerRig();

    private void mine(long pocTime) {
        rig.announce(100, FIRST).pass(1).confirm(100, FIRST, OURS, RIG, pocTime);
    }

    private String machine() {
        return rig.win().finder().map(WonBlock.Finder::machine).orElse("elsewhere");
    }

    // ---- who won

    @Test
    void accountWithAConfirmedNonce_winsByTheNextSignature() {
        mine(60);
        rig.pass(59).announce(101, next(FIRST, OURS));

        WonBlock win = rig.win();
        assertThat(win.height()).isEqualTo(100);
        assertThat(win.accountId()).isEqualTo(OURS);
        assertThat(win.signature()).isEqualTo(next(FIRST, OURS));
        assertThat(win.at()).isEqualTo(LedgerRig.BEGIN.plusSeconds(60));
        assertThat(win.orphaned()).isFalse();
        assertThat(win.finder()).contains(new WonBlock.Finder(RIG, LedgerRig.quality(60), 60));
    }

    @Test
    void blockOfOthers_isNoWin() {
        mine(60);
        rig.pass(59).announce(101, next(FIRST, OTHERS));

        assertThat(rig.wins()).isEmpty();
        assertThat(rig.seen()).containsExactly(100L);
    }

    @Test
    void accountWithoutAConfirmedNonceInThatRound_doesNotWin() {
        rig.announce(100, FIRST).pass(60).announce(101, next(FIRST, OURS));

        assertThat(rig.wins()).isEmpty();
    }

    @Test
    void revokedConfirmation_doesNotWin() {
        mine(60);
        rig.revoke(100, FIRST, OURS, RIG, 60).pass(59).announce(101, next(FIRST, OURS));

        assertThat(rig.wins()).isEmpty();
    }

    @Test
    void eachAccountOfThatRound_isTried() {
        rig.announce(100, FIRST);
        for (int i = 0; i < 500; i++) {
            rig.confirm(100, FIRST, Nonces.account(1_000 + i), "10.0.1." + i, 60 + i);
        }
        rig.pass(100).announce(101, next(FIRST, Nonces.account(1_040)));

        assertThat(rig.win().accountId()).isEqualTo(Nonces.account(1_040));
        assertThat(machine()).isEqualTo("10.0.1.40");
    }

    @Test
    void confirmationThatComesAfterTheBlock_winsIt() {
        rig.announce(100, FIRST).pass(60).announce(101, next(FIRST, OURS));
        rig.pass(2).confirm(100, FIRST, OURS, RIG, 60);

        assertThat(rig.win().height()).isEqualTo(100);
        assertThat(machine()).isEqualTo(RIG);
    }

    @Test
    void winThatIsAnnouncedAgain_isNotReportedAgain() {
        mine(60);
        rig.pass(59).announce(101, next(FIRST, OURS));
        rig.confirm(100, FIRST, OURS, "10.0.0.8", 61).announce(101, next(FIRST, OURS));

        assertThat(rig.wins()).hasSize(1);
    }

    @Test
    void secondSignatureOfAHeight_isTriedToo() {
        rig.announce(100, FIRST).announce(100, Nonces.hash(8)).pass(1).confirm(100, FIRST, OURS, RIG, 60);
        rig.pass(59).announce(101, next(FIRST, OURS));

        assertThat(rig.win().height()).isEqualTo(100);
    }

    @Test
    void heightsAreUnsigned() {
        long last = -1L;
        rig.announce(last - 1, FIRST).pass(1).confirm(last - 1, FIRST, OURS, RIG, 60);
        rig.pass(59).announce(last, next(FIRST, OURS));

        assertThat(rig.win().height()).isEqualTo(last - 1);
        assertThat(rig.seen()).containsExactly(last - 1);
    }

    // ---- which machine

    @Test
    void machineOfTheBestFittingNonce_isNamed_ofManyMachinesWithOneAccount() {
        rig.announce(100, FIRST);
        rig.confirm(100, FIRST, OURS, "10.0.0.1", 200);
        rig.confirm(100, FIRST, OURS, "10.0.0.2", 90);
        rig.confirm(100, FIRST, OURS, "10.0.0.3", 80);
        rig.confirm(100, FIRST, Nonces.account(2), "10.0.0.4", 79);
        rig.pass(80).announce(101, next(FIRST, OURS));

        assertThat(machine()).isEqualTo("10.0.0.3");
    }

    @Test
    void nonceOf15SecondsBesideTheDuration_fits() {
        mine(60);
        rig.pass(74).announce(101, next(FIRST, OURS)); // lasted 75 s

        assertThat(machine()).isEqualTo(RIG);
    }

    @Test
    void nonceOf16SecondsBesideTheDuration_wasNotTheWinner() {
        mine(60);
        rig.pass(75).announce(101, next(FIRST, OURS));

        assertThat(machine()).isEqualTo("elsewhere");
        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void roundThatWasShorterThanThePocTime_wasWonElsewhere() {
        mine(60);
        rig.pass(43).announce(101, next(FIRST, OURS)); // lasted 44 s

        assertThat(machine()).isEqualTo("elsewhere");
    }

    @Test
    void nonceThatCameLate_isDueWhenItIsConfirmed() {
        rig.announce(100, FIRST).pass(70).confirm(100, FIRST, OURS, RIG, 20);
        rig.pass(1).announce(101, next(FIRST, OURS));

        assertThat(machine()).isEqualTo(RIG);
    }

    @Test
    void pocTimeThatIsNearlyEndless_fitsNothing() {
        rig.announce(100, FIRST)
                .take(new BlockInput.Confirmed(100, FIRST, OURS, RIG, -1L, 1, LedgerRig.BEGIN, 0))
                .pass(60)
                .announce(101, next(FIRST, OURS));

        assertThat(machine()).isEqualTo("elsewhere");
    }

    @Test
    void endThatFellIntoAnOutage_mayHaveBeenAtAnyTimeOfIt() {
        mine(60);
        rig.pass(40).pollsFail().pass(500).announce(101, next(FIRST, OURS)).pollsGood();

        assertThat(machine()).isEqualTo(RIG);
    }

    @Test
    void endAfterAnOutage_isExact() {
        mine(60);
        rig.pass(40).pollsFail().pass(10).pollsGood().pass(500).announce(101, next(FIRST, OURS));

        assertThat(machine()).isEqualTo("elsewhere");
    }

    // ---- what is counted

    @Test
    void twoBlocksWithinOnePoll_areUnseen() {
        mine(60);
        String first = next(FIRST, OURS);
        rig.pass(60).announce(102, next(first, OURS));

        assertThat(rig.unseen()).isEqualTo(2);
        assertThat(rig.seen()).isEmpty();
        assertThat(rig.wins()).isEmpty();
    }

    @Test
    void heights_areCountedOnce_whateverForksDo() {
        rig.announce(100, FIRST).announce(101, Nonces.hash(1)).announce(102, Nonces.hash(2));
        rig.announce(100, FIRST).announce(101, Nonces.hash(3)).announce(102, Nonces.hash(4));
        rig.announce(103, Nonces.hash(5)).announce(101, Nonces.hash(6)).announce(105, Nonces.hash(8));

        assertThat(rig.seen()).containsExactly(100L, 101L, 102L);
        assertThat(rig.unseen()).isEqualTo(2); // 103 and 104
    }

    @Test
    void largeStep_isAnotherChain() {
        rig.announce(100, FIRST).announce(100 + BlockLedger.MAX_STEP + 1, Nonces.hash(1));
        rig.announce(5, Nonces.hash(2)).announce(6, Nonces.hash(3));

        assertThat(rig.unseen()).isZero();
        assertThat(rig.seen()).containsExactly(5L);
    }

    @Test
    void largestStepOfAChain_isUnseen() {
        rig.announce(100, FIRST).announce(100 + BlockLedger.MAX_STEP, Nonces.hash(1));

        assertThat(rig.unseen()).isEqualTo(BlockLedger.MAX_STEP);
    }

    @Test
    void synchronisingNode_hasNoUnseenBlocks() {
        rig.announce(100, FIRST).take(new BlockInput.Synchronising(true));
        rig.announce(300, Nonces.hash(1)).take(new BlockInput.Synchronising(false));
        rig.announce(303, Nonces.hash(2));

        assertThat(rig.unseen()).isEqualTo(3);
    }

    // ---- losses

    @Test
    void confirmedNonceThatWasOverFor15Seconds_shouldHaveWon() {
        mine(60);
        rig.pass(75).announce(101, next(FIRST, OTHERS)); // lasted 76 s

        assertThat(rig.losses()).hasSize(1);
        assertThat(rig.losses().getFirst().height()).isEqualTo(100);
        assertThat(rig.losses().getFirst().signature()).isEqualTo(FIRST);
        assertThat(rig.losses().getFirst().machine()).isEqualTo(RIG);
        assertThat(rig.losses().getFirst().accountId()).isEqualTo(OURS);
        assertThat(rig.losses().getFirst().pocTime()).isEqualTo(60);
    }

    @Test
    void blockThatCameInTime_isNoLoss() {
        mine(60);
        rig.pass(74).announce(101, next(FIRST, OTHERS));

        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void winOfAnotherAccountOfTheFarm_isNoLoss() {
        mine(60);
        rig.confirm(100, FIRST, Nonces.account(2), "10.0.0.8", 100);
        rig.pass(99).announce(101, next(FIRST, Nonces.account(2)));

        assertThat(rig.losses()).isEmpty();
        assertThat(rig.wins()).hasSize(1);
    }

    @Test
    void roundWithFailedPolls_hasNoLoss() {
        mine(60);
        rig.pollsFail().pass(1).pollsGood().pass(100).announce(101, next(FIRST, OTHERS));

        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void roundThatWasRevived_hasNoLoss() {
        mine(60);
        rig.announce(99, Nonces.hash(3)).announce(100, FIRST).pass(100).announce(101, next(FIRST, OTHERS));

        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void unseenBlock_isNoLoss() {
        mine(60);
        rig.pass(100).announce(102, Nonces.hash(3));

        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void roundOfASynchronisingNode_hasNoLoss() {
        mine(60);
        rig.take(new BlockInput.Synchronising(true)).pass(100).announce(101, next(FIRST, OTHERS));

        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void lossThatTurnsOutToBeAWin_isWithdrawn() {
        mine(60);
        rig.pass(100).announce(101, next(FIRST, Nonces.account(2)));
        assertThat(rig.losses()).hasSize(1);

        rig.pass(1).confirm(100, FIRST, Nonces.account(2), "10.0.0.8", 101);

        assertThat(rig.withdrawn()).isEqualTo(rig.losses());
        assertThat(machine()).isEqualTo("10.0.0.8");
    }
}
