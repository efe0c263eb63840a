package org.pocx.aggregator.simulator.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.PocTime;

class NonceValidatorTest {
    private static final String OTHER = "9".repeat(64);

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));
    private final Tip tip = chain.tip();
    private final NonceSubmission good = new ChainNonces(tip).of(1_000_000_000L);

    @Test
    void validNonce_isAcceptedWithItsPocTime() {
        long pocTime = PocTime.forBlockTime(120).seconds(good.rawQuality(), good.baseTarget());
        assertThat(chain.submit(good)).isEqualTo(new ValidationResult.Accepted(good.rawQuality(), pocTime));
    }

    @Test
    void genesisRound_acceptsNonces() {
        SimulatedChain genesis = new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)));
        assertThat(genesis.tip().height()).isZero();
        assertThat(genesis.tip().generationSignature()).matches("0{64}");
        assertThat(genesis.submit(new ChainNonces(genesis.tip()).of(5))).isInstanceOf(ValidationResult.Accepted.class);
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
    void nonceForADifferentRound_isRejectedForTheFirstDifference(
            long height, boolean hash, boolean signature, boolean baseTarget, RejectReason reason, String message) {
        NonceSubmission other = NonceSubmission.builder()
                .blockHash(hash ? OTHER : tip.blockHash())
                .height(height)
                .generationSignature(signature ? OTHER : tip.generationSignature())
                .baseTarget(baseTarget ? tip.baseTarget() + 1 : tip.baseTarget())
                .accountId(ChainNonces.ACCOUNT)
                .seed(ChainNonces.SEED)
                .nonce(1)
                .compression(1)
                .rawQuality(1)
                .build();
        assertThat(chain.submit(other)).isEqualTo(new ValidationResult.Rejected(reason, message, 100));
        assertThat(chain.log().entries()).hasSize(1).allMatch(ValidatedNonce::isStale);
    }

    @Test
    void falseClaim_isRejected() {
        NonceSubmission falseClaim = ChainNonces.claiming(good, 0);
        assertThat(rejection(chain.submit(falseClaim)).reason()).isEqualTo(RejectReason.QUALITY);
        assertThat(rejection(chain.submit(falseClaim)).message()).startsWith("PoCX validation failed");
        assertThat(chain.log().entries()).hasSize(2).noneMatch(ValidatedNonce::isStale);
    }

    @Test
    void falseClaim_canBeAcceptedAtItsTrueQuality() {
        chain.acceptFalseClaims(true);
        assertThat(chain.submit(ChainNonces.claiming(good, 0)))
                .isInstanceOfSatisfying(
                        ValidationResult.Accepted.class,
                        accepted -> assertThat(accepted.rawQuality()).isEqualTo(good.rawQuality()));
    }

    @Test
    void claimWorseThanTheTrueQuality_isAcceptedAtItsTrueQuality() {
        assertThat(chain.submit(ChainNonces.claiming(good, -1)))
                .isInstanceOfSatisfying(
                        ValidationResult.Accepted.class,
                        accepted -> assertThat(accepted.rawQuality()).isEqualTo(good.rawQuality()));
    }

    @Test
    void lockedWallet_rejectsNoncesUntilUnlocked() {
        chain.lockWallet(true);
        assertThat(rejection(chain.submit(good)).reason()).isEqualTo(RejectReason.WALLET_LOCKED);
        assertThat(chain.submitMalformed("account_id must be hex").reason()).isEqualTo(RejectReason.WALLET_LOCKED);
        chain.lockWallet(false);
        assertThat(chain.submit(good)).isInstanceOf(ValidationResult.Accepted.class);
    }

    @Test
    void refusedAccount_doesNotAffectOtherAccounts() {
        chain.refuseAccount(ChainNonces.ACCOUNT, true);
        assertThat(rejection(chain.submit(good)).reason()).isEqualTo(RejectReason.ACCOUNT);
        assertThat(chain.submit(new ChainNonces(tip).of(ChainNonces.OTHER_ACCOUNT, 7)))
                .isInstanceOf(ValidationResult.Accepted.class);
        chain.refuseAccount(ChainNonces.ACCOUNT, false);
        assertThat(chain.submit(good)).isInstanceOf(ValidationResult.Accepted.class);
    }

    @Test
    void compressionBelowTheMinimum_isRejected() {
        assertThat(rejection(chain.submit(ChainNonces.compressed(good, 0))).reason())
                .isEqualTo(RejectReason.COMPRESSION);
    }

    @Test
    void acceptedNonces_areLogged_andTheBestIsKnown() {
        ChainNonces nonces = new ChainNonces(tip);
        chain.submit(nonces.of(500));
        chain.submit(nonces.of(300));
        chain.submit(nonces.of(400));
        chain.submit(nonces.of(ChainNonces.OTHER_ACCOUNT, -5));
        assertThat(chain.log().accepted(tip.blockHash())).hasSize(4);
        assertThat(chain.best().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void fullLog_dropsItsOldestEntries() {
        SimulatedChain small = new SimulatedChain(
                new ChainSettings(120, tip, 3));
        for (int i = 1; i <= 5; i++) {
            small.submit(new ChainNonces(small.tip()).of(i));
        }
        assertThat(small.log().entries()).extracting(ValidatedNonce::number).containsExactly(3L, 4L, 5L);
        assertThat(small.log().count()).isEqualTo(5);
        assertThat(small.best().orElseThrow().number()).isEqualTo(1);
    }

    private static ValidationResult.Rejected rejection(ValidationResult result) {
        return (ValidationResult.Rejected) result;
    }
}
