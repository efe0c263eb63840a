package org.pocx.aggregator.statistics.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.OTHERS;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.OURS;
import static org.pocx.aggregator.statistics.blocks.LedgerRig.next;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Forks take wins back, and restarts keep them. */
class BlockForkTest {
    private static final String FIRST = Nonces.hash(7);
    private static final String WON = next(FIRST, OURS);
    private static final String OTHER = next(FIRST, OTHERS);
    private static final String RIG = "10.0.0.7";

    private final LedgerRig rig = new LedgerRig();

    @BeforeEach
    void win() {
        rig.announce(100, FIRST).pass(1).confirm(100, FIRST, OURS, RIG, 60);
        rig.pass(59).announce(101, WON);
        assertThat(rig.wins()).hasSize(1);
    }

    @Test
    void chainThatGoesOn_keepsTheWin() {
        rig.announce(102, next(WON, OTHERS)).announce(103, Nonces.hash(1)).announce(104, Nonces.hash(2));

        assertThat(rig.forked()).isEmpty();
    }

    @Test
    void otherSignatureThatIsCurrentTwoBlocksLater_orphansTheWin() {
        rig.announce(101, OTHER);
        assertThat(rig.forked()).isEmpty();

        rig.announce(102, next(OTHER, OTHERS));

        assertThat(rig.forked()).containsExactly(rig.win().withOrphaned(true));
        rig.announce(103, Nonces.hash(1)).announce(104, Nonces.hash(2));
        assertThat(rig.forked()).hasSize(1);
    }

    @Test
    void forkThatGoesBackFirst_orphansTheWin() {
        rig.announce(100, FIRST).announce(101, OTHER).announce(102, next(OTHER, OTHERS));

        assertThat(rig.forked()).extracting(WonBlock::orphaned).containsExactly(true);
    }

    @Test
    void forkThatComesBackInTime_changesNothing() {
        rig.announce(101, OTHER).announce(101, WON).announce(102, next(WON, OTHERS)).announce(103, Nonces.hash(1));

        assertThat(rig.forked()).isEmpty();
    }

    @Test
    void forkThatComesBackLate_givesTheWinBack() {
        rig.announce(101, OTHER).announce(102, next(OTHER, OTHERS));
        rig.announce(101, WON).announce(102, next(WON, OTHERS));

        assertThat(rig.forked()).extracting(WonBlock::orphaned).containsExactly(true, false);
    }

    @Test
    void blockOfOthersThatAForkReplacesByOurs_isAWin() {
        LedgerRig other = new LedgerRig();
        other.announce(100, FIRST).pass(1).confirm(100, FIRST, OURS, RIG, 60);
        other.pass(60).announce(101, OTHER).pass(5).announce(101, WON);

        assertThat(other.win().finder()).map(WonBlock.Finder::machine).contains(RIG);
    }

    @Test
    void forkBetweenTwoAccountsOfTheFarm_isOneOrphanAndAWin() {
        String second = Nonces.account(2);
        rig.confirm(100, FIRST, second, "10.0.0.8", 62);
        rig.announce(101, next(FIRST, second)).announce(102, Nonces.hash(1));

        assertThat(rig.wins()).extracting(WonBlock::accountId).containsExactly(OURS, second);
        assertThat(rig.forked()).extracting(WonBlock::accountId).containsExactly(OURS);
    }

    @Test
    void deepFork_findsTheRoundsOfTheLastTenHeights() {
        for (int i = 2; i <= RoundWindow.HEIGHTS - 1; i++) {
            rig.announce(100 + i, Nonces.hash(0x500 + i));
        }
        rig.announce(100, FIRST).announce(101, OTHER).announce(102, Nonces.hash(2));

        assertThat(rig.forked()).extracting(WonBlock::orphaned).containsExactly(true);
    }

    @Test
    void signatureOfAHeightTenBelow_isForgotten() {
        for (int i = 2; i <= RoundWindow.HEIGHTS; i++) {
            rig.announce(100 + i, Nonces.hash(0x500 + i));
        }

        assertThat(rig.ledger.state().signatures())
                .hasSize(RoundWindow.HEIGHTS)
                .noneMatch(known -> known.height() == 100);
    }

    // ---- restarts

    @Test
    void restartBetweenTwoBlocks_missesNoWin() {
        rig.restart(62).confirm(101, WON, OURS, RIG, 60); // as restored from the verdicts
        rig.pass(58).announce(102, next(WON, OURS));

        assertThat(rig.wins()).extracting(WonBlock::height).containsExactly(100L, 101L);
        assertThat(rig.wins().getLast().finder()).isPresent();
        assertThat(rig.seen()).containsExactly(100L, 101L);
    }

    @Test
    void roundThatEndedDuringTheRestart_mayHaveEndedAtAnyTimeOfIt() {
        rig.restart(63).confirm(101, WON, OURS, RIG, 60);
        rig.pass(5_000).announce(102, next(WON, OURS)).pollsGood();

        assertThat(rig.wins().getLast().finder()).isPresent();
        assertThat(rig.losses()).isEmpty();
    }

    @Test
    void winFromBeforeTheRestart_isNotReportedAgain_andCanBeOrphaned() {
        rig.restart(63).confirm(100, FIRST, OURS, RIG, 60);
        rig.announce(101, OTHER).announce(101, WON).announce(101, OTHER).announce(102, Nonces.hash(1));

        assertThat(rig.wins()).hasSize(1);
        assertThat(rig.forked()).extracting(WonBlock::orphaned).containsExactly(true);
    }

    @Test
    void restart_countsNothingTwice() {
        rig.announce(103, Nonces.hash(1)).restart(63).announce(101, WON).announce(102, Nonces.hash(2));
        rig.announce(103, Nonces.hash(1)).announce(104, Nonces.hash(3));

        assertThat(rig.unseen()).isEqualTo(2);
        assertThat(rig.seen()).containsExactly(100L, 103L);
    }
}
