package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedChainTest {
    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));

    @Test
    void forge_makesTheBestTheWinner_andBeginsARound() {
        Tip mined = chain.tip();
        chain.submit(new ChainNonces(mined).of(200));
        chain.submit(new ChainNonces(mined).of(ChainNonces.OTHER_ACCOUNT, 100));
        ForgedBlock block = chain.forge();
        assertThat(block.winner().orElseThrow().submission().accountId()).isEqualTo(ChainNonces.OTHER_ACCOUNT);
        assertThat(block.mined()).isEqualTo(mined);
        assertThat(block.next()).isEqualTo(chain.tip());
        assertThat(chain.tip().height()).isEqualTo(101);
        assertThat(chain.tip().blockHash()).isNotEqualTo(mined.blockHash());
        assertThat(chain.tip().generationSignature()).isNotEqualTo(mined.generationSignature());
        assertThat(chain.best()).isEmpty();
    }

    @Test
    void roundWithoutNonces_endsWithoutAWinner() {
        assertThat(chain.forge().winner()).isEmpty();
        assertThat(chain.tip().height()).isEqualTo(101);
    }

    @Test
    void miningInfo_announcesTheTip() {
        Tip tip = chain.forge().next();
        assertThat(chain.miningInfo().blockHash()).isEqualTo(tip.blockHash());
        assertThat(chain.miningInfo().height()).isEqualTo(tip.height());
        assertThat(chain.miningInfo().baseTarget()).isEqualTo(tip.baseTarget());
    }

    @Test
    void fork_returnsToTheEarlierRound_withoutItsNonces() {
        Tip first = chain.tip();
        chain.submit(new ChainNonces(first).of(200));
        chain.forge();
        Tip orphaned = chain.forge().next();
        assertThat(chain.fork(2)).isEqualTo(first).isEqualTo(chain.tip());
        assertThat(chain.best()).isEmpty();
        assertThat(chain.submit(new ChainNonces(first).of(300))).isInstanceOf(ValidationResult.Accepted.class);
        assertThat(chain.submit(new ChainNonces(orphaned).of(300))).isInstanceOf(ValidationResult.Rejected.class);
    }

    @Test
    void forkBeyondTheFirstRound_throws() {
        chain.forge();
        assertThatIllegalArgumentException().isThrownBy(() -> chain.fork(2));
        assertThatIllegalArgumentException().isThrownBy(() -> chain.fork(0));
    }

    @Test
    void blocksAfterForks_haveDifferentHashes() {
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(hashes.add(chain.forge().next().blockHash())).isTrue();
            chain.fork(1);
        }
    }

    @Test
    void changedBlockHash_keepsHeightAndSignature() {
        Tip tip = chain.tip();
        assertThat(chain.changeBlockHash()).isEqualTo(tip.withBlockHash(chain.tip().blockHash()));
        assertThat(chain.tip().blockHash()).isNotEqualTo(tip.blockHash());
    }

    @Test
    void changedBaseTarget_keepsTheBest() {
        Tip tip = chain.tip();
        chain.submit(new ChainNonces(tip).of(200));
        assertThat(chain.changeBaseTarget(77)).isEqualTo(tip.withBaseTarget(77));
        assertThat(chain.best()).isPresent();
    }

    @Test
    void baseTarget_increasesAfterSlowBlocks_andDecreasesAfterFastOnes() {
        DifficultyAdjustment difficulty = new DifficultyAdjustment(120);
        assertThat(difficulty.next(16_000, 120)).isEqualTo(16_000);
        assertThat(difficulty.next(16_000, 0)).isEqualTo(15_000);
        assertThat(difficulty.next(16_000, 240)).isEqualTo(17_000);
        assertThat(difficulty.next(16_000, 480)).isEqualTo(19_000);
        assertThat(difficulty.next(16_000, -1L)).isEqualTo(19_000);
    }

    @Test
    void baseTarget_staysInItsRange() {
        DifficultyAdjustment difficulty = new DifficultyAdjustment(120);
        assertThat(difficulty.next(1, 0)).isEqualTo(1);
        assertThat(difficulty.next(-1L, 480)).isEqualTo(-1L);
        assertThat(difficulty.next(-2L, 120)).isEqualTo(-2L);
    }

    @Test
    void listener_receivesAllEvents() {
        List<String> events = new ArrayList<>();
        chain.addListener(new ChainListener() {
            @Override
            public void validated(ValidatedNonce nonce) {
                events.add("validated");
            }

            @Override
            public void tipChanged(Tip tip) {
                events.add("tip " + tip.height());
            }

            @Override
            public void forged(ForgedBlock block) {
                events.add("forged " + block.mined().height());
            }
        });
        chain.submit(new ChainNonces(chain.tip()).of(1));
        chain.forge();
        chain.fork(1);
        assertThat(events).containsExactly("validated", "tip 101", "forged 100", "tip 100");
    }

    @Test
    void clearedBest_doesNotWin() {
        chain.submit(new ChainNonces(chain.tip()).of(200));

        chain.clearBest();

        assertThat(chain.best()).isEmpty();
        assertThat(chain.forge().winner()).isEmpty();
    }

    @Test
    void lockedWallet_doesNotForge_andLosesTheNonce() {
        Tip tip = chain.tip();
        chain.submit(new ChainNonces(tip).of(200));
        chain.lockWallet(true);

        assertThat(chain.forgeIfUnlocked()).isEmpty();

        assertThat(chain.tip()).isEqualTo(tip);
        assertThat(chain.best()).isEmpty();
        chain.lockWallet(false);
        chain.submit(new ChainNonces(tip).of(200));
        assertThat(chain.forgeIfUnlocked().orElseThrow().winner()).isPresent();
    }
}
