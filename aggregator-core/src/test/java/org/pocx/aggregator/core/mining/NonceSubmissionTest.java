package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.Nonces;

class NonceSubmissionTest {
    private static final MiningInfo ROUND = Nonces.round(100);
    private static final NonceSubmission NONCE = Nonces.nonce(ROUND, 1, 2, 50);

    @Test
    void upperCaseHex_isKeptInLowerCase() {
        NonceSubmission submission = NONCE.toBuilder()
                .blockHash("AB" + hash(1).substring(2))
                .accountId("CD" + account(1).substring(2))
                .seed("EF" + hash(3).substring(2))
                .build();

        assertThat(submission.blockHash()).startsWith("ab");
        assertThat(submission.accountId()).startsWith("cd");
        assertThat(submission.seed()).startsWith("ef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "g000000000000000000000000000000000000001",
        "٠000000000000000000000000000000000000001"})
    void accountId_ofAnotherForm_isNamed(String account) {
        assertThatThrownBy(() -> NonceSubmission.builder().accountId(account))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("account_id must be 40 hex characters");
    }

    @Test
    void valueOfAnotherForm_isNamedAtOnce() {
        NonceSubmission.Builder builder = NonceSubmission.builder();

        assertThatThrownBy(() -> builder.blockHash("x")).hasMessage("block_hash must be 64 hex characters");
        assertThatThrownBy(() -> builder.generationSignature("x"))
                .hasMessage("generation_signature must be 64 hex characters");
        assertThatThrownBy(() -> builder.seed("x")).hasMessage("seed must be 64 hex characters");
        assertThatThrownBy(() -> builder.baseTarget(0)).hasMessage("base_target must be greater than 0");
        assertThatThrownBy(() -> builder.compression(256))
                .hasMessage("compression must be an integer from 0 to 255");
        assertThatThrownBy(() -> builder.compression(-1)).hasMessage("compression must be an integer from 0 to 255");
    }

    @Test
    void missingValues_areNamed() {
        assertThatThrownBy(() -> NonceSubmission.builder().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "cannot build a nonce submission without blockHash, height, generationSignature, baseTarget, "
                                + "accountId, seed, nonce, compression, rawQuality");
        assertThatThrownBy(() -> NonceSubmission.builder()
                .round(ROUND)
                .accountId(account(1))
                .nonce(0)
                .compression(0)
                .rawQuality(0)
                .build()).hasMessage("cannot build a nonce submission without seed");
    }

    @Test
    void sameValues_areEqual() {
        assertThat(NONCE.toBuilder().build()).isEqualTo(NONCE).hasSameHashCodeAs(NONCE);
    }

    @Test
    void anotherValue_isNotEqual() {
        CoinbaseOutputs outputs = new CoinbaseOutputs(List.of(new CoinbaseOutputs.Output("pocx1qexample", 5)));

        assertThat(List.of(
                NONCE.toBuilder().blockHash(hash(9)).build(),
                NONCE.toBuilder().height(9).build(),
                NONCE.toBuilder().generationSignature(hash(9)).build(),
                NONCE.toBuilder().baseTarget(9).build(),
                NONCE.toBuilder().accountId(account(9)).build(),
                NONCE.toBuilder().seed(hash(9)).build(),
                NONCE.toBuilder().nonce(9).build(),
                NONCE.toBuilder().compression(9).build(),
                NONCE.toBuilder().rawQuality(9).build(),
                NONCE.toBuilder().coinbaseOutputs(outputs).build())).doesNotContain(NONCE).doesNotHaveDuplicates();
    }

    @Test
    void text_hasUnsignedNumbers() {
        assertThat(NONCE.toBuilder().rawQuality(-1).build())
                .hasToString("NonceSubmission[blockHash=" + NONCE.blockHash() + ", height=100, generationSignature="
                        + NONCE.generationSignature() + ", baseTarget=" + ROUND.baseTarget() + ", accountId="
                        + account(1) + ", seed=" + hash(77)
                        + ", nonce=2, compression=1, rawQuality=18446744073709551615, coinbaseOutputs=[]]");
    }
}
