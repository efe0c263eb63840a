package org.pocx.aggregator.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.Verdict.Outcome;

class VerdictTest {
    @ParameterizedTest
    @CsvSource({
        "CONFIRMED, 100, 0, '', false",
        "CONFIRMED, 101, 0, '', true",
        "CONFIRMED, -1, 0, '', true",
        "REJECTED, 100, -26, PoCX validation failed, true",
        "REJECTED, 100, -32001, Invalid submission, true",
        "REJECTED, 100, -8, Invalid seed, true",
        "REJECTED, 100, 0, not accepted, true",
        "REJECTED, 100, -8, Unknown named parameter block_hash, false",
        "REJECTED, 100, -1, usage, false",
        "REJECTED, 100, -3, coinbase_outputs: wrong type, false",
        "REJECTED, 100, -5, coinbase_outputs: invalid address, false",
        "REJECTED, 100, -99, unknown, false",
        "STALE, 100, -26, Block hash mismatch, false"
    })
    void badVerdicts_areThoseAboutTheProof(Outcome outcome, long confirmed, long code, String words, boolean bad) {
        Verdict verdict = new Verdict(new ReceivedNonce(nonce(round(7), 1, 1, 100), new MinerId("m"), Instant.EPOCH),
                outcome, confirmed, code, words, Instant.EPOCH);

        assertThat(verdict.isBad()).isEqualTo(bad);
    }
}
