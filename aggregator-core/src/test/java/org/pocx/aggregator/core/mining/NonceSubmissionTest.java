package org.pocx.aggregator.core.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonceSubmissionTest {

    @Test
    void upperCaseHex_isKeptInLowerCase() {
        NonceSubmission submission = new NonceSubmission(
                "AB" + hash(1).substring(2), 1, hash(2), 1, "CD" + account(1).substring(2), "EF" + hash(3).substring(2),
                1, 1, 1);

        assertThat(submission.blockHash()).startsWith("ab");
        assertThat(submission.accountId()).startsWith("cd");
        assertThat(submission.seed()).startsWith("ef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "g000000000000000000000000000000000000001",
        "٠000000000000000000000000000000000000001"})
    void accountId_ofAnotherForm_isNamed(String account) {
        assertThatThrownBy(() -> new NonceSubmission(hash(1), 1, hash(2), 1, account, hash(3), 1, 1, 1))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("account_id must be 40 hex characters");
    }

    @Test
    void baseTargetZero_isNamed() {
        assertThatThrownBy(() -> new NonceSubmission(hash(1), 1, hash(2), 0, account(1), hash(3), 1, 1, 1))
                .hasMessage("base_target must be greater than 0");
    }

    @Test
    void compressionBeyondAByte_isNamed() {
        assertThatThrownBy(() -> new NonceSubmission(hash(1), 1, hash(2), 1, account(1), hash(3), 1, 256, 1))
                .hasMessage("compression must be an integer from 0 to 255");
    }
}
