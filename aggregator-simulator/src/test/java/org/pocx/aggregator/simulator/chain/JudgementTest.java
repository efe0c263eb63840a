package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;

class JudgementTest {
    private static final String OTHER = "9".repeat(64);

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));
    private final Tip tip = chain.tip();
    private final NonceSubmission good = new Nonces(tip).of(1_000_000_000L);

    @Test
    void goodNonce_isAcceptedWithItsPocTime() {
        long pocTime = PocTime.forBlockTime(120).seconds(good.rawQuality(), good.baseTarget());
        assertThat(chain.judge(good)).isEqualTo(new Judgement.Accepted(good.rawQuality(), pocTime));
    }

    @Test
    void genesisRound_isMinedAsAnyOther() {
        SimulatedChain genesis = new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)));
        assertThat(genesis.tip().height()).isZero();
        assertThat(genesis.tip().generationSignature()).matches("0{64}");
        assertThat(genesis.judge(new Nonces(genesis.tip()).of(5))).isInstanceOf(Judgement.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "101, false, false, false, HEIGHT, 'Invalid height: expected 100, got 101'",
        "100, true,  false, false, BLOCK_HASH, Block hash mismatch",
        "100, false, true,  false, GENERATION_SIGNATURE, Generation signature mismatch",
        "100, false, false, true,  BASE_TARGET, Base target mismatch",
        "101, true,  true,  true,  HEIGHT, 'Invalid height: expected 100, got 101'",
        "100, true,  true,  true,  BLOCK_HASH, Block hash mismatch",
        "100, false, true,  true,  GENERATION_SIGNATURE, Generation signature mismatch"
    })
    void anotherRound_isRefusedForTheFirstThingThatDiffers(
            long height, boolean hash, boolean signature, boolean baseTarget, Refusal why, String message) {
        NonceSubmission other = new NonceSubmission(
                hash ? OTHER : tip.blockHash(),
                height,
                signature ? OTHER : tip.generationSignature(),
                baseTarget ? tip.baseTarget() + 1 : tip.baseTarget(),
                Nonces.ACCOUNT,
                Nonces.SEED,
                1,
                1,
                1);
        assertThat(chain.judge(other)).isEqualTo(new Judgement.Refused(why, message, 100));
        assertThat(chain.ledger().stale()).hasSize(1);
    }

    @Test
    void betterClaimThanTheTruth_isRefusedAsInvalid() {
        NonceSubmission liar = Nonces.claiming(good, 0);
        assertThat(refusal(chain.judge(liar)).why()).isEqualTo(Refusal.VALIDATION);
        assertThat(refusal(chain.judge(liar)).message()).startsWith("PoCX validation failed");
        assertThat(chain.ledger().rejected()).hasSize(2);
    }

    @Test
    void betterClaimThanTheTruthWhereThatIsAllowed_isTakenForWhatItIs() {
        chain.onFalseClaim(ClaimPolicy.ACCEPT_AT_TRUE_QUALITY);
        assertThat(chain.judge(Nonces.claiming(good, 0)))
                .isInstanceOfSatisfying(
                        Judgement.Accepted.class,
                        accepted -> assertThat(accepted.rawQuality()).isEqualTo(good.rawQuality()));
    }

    @Test
    void worseClaimThanTheTruth_isTakenForWhatItIs() {
        assertThat(chain.judge(Nonces.claiming(good, -1)))
                .isInstanceOfSatisfying(
                        Judgement.Accepted.class,
                        accepted -> assertThat(accepted.rawQuality()).isEqualTo(good.rawQuality()));
    }

    @Test
    void lockedWallet_judgesNothingUntilUnlocked() {
        chain.lockWallet(true);
        assertThat(refusal(chain.judge(good)).why()).isEqualTo(Refusal.WALLET_LOCKED);
        assertThat(chain.judgeMalformed("account_id must be hex").why()).isEqualTo(Refusal.WALLET_LOCKED);
        chain.lockWallet(false);
        assertThat(chain.judge(good)).isInstanceOf(Judgement.Accepted.class);
    }

    @Test
    void refusedAccount_costsNoOtherAccountAnything() {
        chain.refuseAccount(Nonces.ACCOUNT, true);
        assertThat(refusal(chain.judge(good)).why()).isEqualTo(Refusal.ACCOUNT);
        assertThat(chain.judge(new Nonces(tip).of(Nonces.OTHER_ACCOUNT, 7))).isInstanceOf(Judgement.Accepted.class);
        chain.refuseAccount(Nonces.ACCOUNT, false);
        assertThat(chain.judge(good)).isInstanceOf(Judgement.Accepted.class);
    }

    @Test
    void compressionBelowTheMinimum_isRefused() {
        assertThat(refusal(chain.judge(Nonces.compressed(good, 0))).why()).isEqualTo(Refusal.COMPRESSION);
    }

    @Test
    void acceptedNonces_areInTheLedgerWithTheBestOfEachAccount() {
        Nonces nonces = new Nonces(tip);
        chain.judge(nonces.of(500));
        chain.judge(nonces.of(300));
        chain.judge(nonces.of(400));
        chain.judge(nonces.of(Nonces.OTHER_ACCOUNT, -5));
        ChainLedger ledger = chain.ledger();
        assertThat(ledger.accepted(tip.blockHash())).hasSize(4);
        assertThat(ledger.bestPerAccount(tip.blockHash()).get(Nonces.ACCOUNT).submission().rawQuality())
                .isEqualTo(300);
        assertThat(ledger.bestPerAccount(tip.blockHash()).get(Nonces.OTHER_ACCOUNT).submission().rawQuality())
                .isEqualTo(-5);
        assertThat(ledger.best(tip.blockHash()).orElseThrow().number()).isEqualTo(2);
        assertThat(chain.best()).isEqualTo(ledger.best(tip.blockHash()));
    }

    @Test
    void fullLedger_dropsItsOldestEntries() {
        SimulatedChain small = new SimulatedChain(
                ChainSettings.genesis(Duration.ofMinutes(2)).withLedgerEntries(3));
        for (int i = 1; i <= 5; i++) {
            small.judge(new Nonces(small.tip()).of(i));
        }
        assertThat(small.ledger().entries()).extracting(LedgerEntry::number).containsExactly(3L, 4L, 5L);
        assertThat(small.ledger().count()).isEqualTo(5);
        assertThat(small.best().orElseThrow().number()).isEqualTo(1);
    }

    private static Judgement.Refused refusal(Judgement judgement) {
        return (Judgement.Refused) judgement;
    }
}
