package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainMovesTest {
    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));

    @Test
    void forging_namesTheBestAsWinnerAndBeginsANewRound() {
        Tip mined = chain.tip();
        chain.judge(new Nonces(mined).of(200));
        chain.judge(new Nonces(mined).of(Nonces.OTHER_ACCOUNT, 100));
        ForgedBlock block = chain.forge();
        assertThat(block.winner().orElseThrow().submission().accountId()).isEqualTo(Nonces.OTHER_ACCOUNT);
        assertThat(block.mined()).isEqualTo(mined);
        assertThat(block.next()).isEqualTo(chain.tip());
        assertThat(chain.tip().height()).isEqualTo(101);
        assertThat(chain.tip().blockHash()).isNotEqualTo(mined.blockHash());
        assertThat(chain.tip().generationSignature()).isNotEqualTo(mined.generationSignature());
        assertThat(chain.best()).isEmpty();
    }

    @Test
    void roundWithoutNonces_endsWithABlockFromElsewhere() {
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
    void fork_revivesTheEarlierRound_withoutWhatItHadAccepted() {
        Tip first = chain.tip();
        chain.judge(new Nonces(first).of(200));
        chain.forge();
        Tip abandoned = chain.forge().next();
        assertThat(chain.fork(2)).isEqualTo(first).isEqualTo(chain.tip());
        assertThat(chain.best()).isEmpty();
        assertThat(chain.judge(new Nonces(first).of(300))).isInstanceOf(Judgement.Accepted.class);
        assertThat(chain.judge(new Nonces(abandoned).of(300))).isInstanceOf(Judgement.Refused.class);
    }

    @Test
    void forkBeyondTheFirstRound_isRefused() {
        chain.forge();
        assertThatIllegalArgumentException().isThrownBy(() -> chain.fork(2));
        assertThatIllegalArgumentException().isThrownBy(() -> chain.fork(0));
    }

    @Test
    void blocksAfterForks_neverShareAHash() {
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertThat(hashes.add(chain.forge().next().blockHash())).isTrue();
            chain.fork(1);
        }
    }

    @Test
    void sibling_hasTheSameHeightWithAnotherHashAndSignature() {
        Tip tip = chain.forge().next();
        Tip sibling = chain.sibling();
        assertThat(sibling.height()).isEqualTo(tip.height());
        assertThat(sibling.blockHash()).isNotEqualTo(tip.blockHash());
        assertThat(sibling.generationSignature()).isNotEqualTo(tip.generationSignature());
    }

    @Test
    void restart_hasTheSameHeightAndSignatureWithAnotherHash() {
        Tip tip = chain.tip();
        assertThat(chain.restart()).isEqualTo(tip.withBlockHash(chain.tip().blockHash()));
        assertThat(chain.tip().blockHash()).isNotEqualTo(tip.blockHash());
    }

    @Test
    void changedBaseTarget_keepsTheRoundAndItsBest() {
        Tip tip = chain.tip();
        chain.judge(new Nonces(tip).of(200));
        assertThat(chain.changeBaseTarget(77)).isEqualTo(tip.withBaseTarget(77));
        assertThat(chain.best()).isPresent();
    }

    @Test
    void baseTarget_risesAfterSlowBlocksAndFallsAfterFastOnes() {
        BaseTargetRule rule = new BaseTargetRule(120);
        assertThat(rule.next(16_000, 120)).isEqualTo(16_000);
        assertThat(rule.next(16_000, 0)).isEqualTo(15_000);
        assertThat(rule.next(16_000, 240)).isEqualTo(17_000);
        assertThat(rule.next(16_000, 480)).isEqualTo(19_000);
        assertThat(rule.next(16_000, -1L)).isEqualTo(19_000);
    }

    @Test
    void baseTarget_staysWithinItsRange() {
        BaseTargetRule rule = new BaseTargetRule(120);
        assertThat(rule.next(1, 0)).isEqualTo(1);
        assertThat(rule.next(-1L, 480)).isEqualTo(-1L);
        assertThat(rule.next(-2L, 120)).isEqualTo(-2L);
    }

    @Test
    void listeners_hearOfEveryStep() {
        List<String> heard = new ArrayList<>();
        chain.addListener(new ChainListener() {
            @Override
            public void judged(LedgerEntry entry) {
                heard.add("judged");
            }

            @Override
            public void tipChanged(Tip tip) {
                heard.add("tip " + tip.height());
            }

            @Override
            public void forged(ForgedBlock block) {
                heard.add("forged " + block.mined().height());
            }
        });
        chain.judge(new Nonces(chain.tip()).of(1));
        chain.forge();
        chain.fork(1);
        assertThat(heard).containsExactly("judged", "tip 101", "forged 100", "tip 100");
    }

    @Test
    void restartedNode_hasForgottenWhatItAccepted() {
        chain.judge(new Nonces(chain.tip()).of(200));

        chain.forget();

        assertThat(chain.best()).isEmpty();
        assertThat(chain.forge().winner()).isEmpty();
    }

    @Test
    void lockedWallet_signsNoBlock_andForgetsTheNonce() {
        Tip tip = chain.tip();
        chain.judge(new Nonces(tip).of(200));
        chain.lockWallet(true);

        assertThat(chain.forgeIfSigned()).isEmpty();

        assertThat(chain.tip()).isEqualTo(tip);
        assertThat(chain.best()).isEmpty();
        chain.lockWallet(false);
        chain.judge(new Nonces(tip).of(200));
        assertThat(chain.forgeIfSigned().orElseThrow().winner()).isPresent();
    }
}
