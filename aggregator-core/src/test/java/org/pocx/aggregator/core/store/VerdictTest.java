package org.pocx.aggregator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

class VerdictTest {
    private static Verdict verdict(Outcome outcome, long confirmed, boolean badProof) {
        return new Verdict(
                new ReceivedNonce(nonce(round(7), 1, 1, 100), new MinerId("m"), Instant.EPOCH),
                outcome,
                confirmed,
                UpstreamMessage.of("as it is"),
                badProof,
                Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, 100, false, false",
        "CONFIRMED, 101, false, true",
        "CONFIRMED, -1, false, true",
        "REJECTED, 100, true, true",
        "REJECTED, 100, false, false",
        "REJECTED, 101, false, false",
        "STALE, 101, false, false"
    })
    void badVerdicts_areThoseAboutTheProof(Outcome outcome, long confirmed, boolean badProof, boolean bad) {
        assertThat(verdict(outcome, confirmed, badProof).isBad()).isEqualTo(bad);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REJECTED")
    void badProofWithoutRejection_isRefused(Outcome outcome) {
        assertThatIllegalArgumentException().isThrownBy(() -> verdict(outcome, 100, true)).withMessageContaining("badProof");
    }
}
