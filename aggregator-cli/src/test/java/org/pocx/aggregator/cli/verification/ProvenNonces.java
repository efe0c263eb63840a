package org.pocx.aggregator.cli.verification;

import java.time.Instant;
import java.util.Map;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/** Nonces with the quality that the reference computed for them (proof.csv). */
final class ProvenNonces {
    static final long QUALITY = 4_982_342_310_631_687_310L;

    /** A poc_time of minutes, so that there is time for all checks. */
    static final MiningInfo ROUND = new MiningInfo(
            "3f43bd72c0893800ac6551497def90a7c847fbfe09c9aea7981129d7786eb227",
            1_000_000_000_000_000L,
            0,
            "b0".repeat(32),
            MiningInfo.NO_TARGET_QUALITY,
            0,
            1,
            Map.of());

    private ProvenNonces() {}

    /** The nonce of that quality, with a claim. */
    static ReceivedNonce claiming(long rawQuality, String machine) {
        return received(0, 0, rawQuality, machine);
    }

    /** Another nonce of the same plot. */
    static ReceivedNonce received(long nonce, int compression, long rawQuality, String machine) {
        return new ReceivedNonce(
                NonceSubmission.builder()
                        .round(ROUND)
                        .accountId("c7c41fe38245d1a42b45f512bce94aa4e594217b")
                        .seed("874a22acf3b62151abc051834084876636c2f97a961381ea11bd5e425e548651")
                        .nonce(nonce)
                        .compression(compression)
                        .rawQuality(rawQuality)
                        .build(),
                new MinerId(machine),
                Instant.parse("2026-03-01T12:00:00Z"));
    }
}
